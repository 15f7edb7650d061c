from typing import Any

import pytest

from slo.clients import door


@pytest.mark.parametrize(("path", "open_"), [("/", True), ("/503", False), ("/cut", False)])
def test_the_door_is_open_when_it_answers_well(target: str, path: str, open_: bool) -> None:
    assert door.is_open(target + path) is open_


def test_a_door_that_may_not_be_asked_is_unknown(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    assert door.is_open("http://127.0.0.1:9/") is None
