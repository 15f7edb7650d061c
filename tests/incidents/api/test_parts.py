from collections.abc import Callable
from typing import Any

import pytest

from incidents.api import parts
from portal.lib.errors import Invalid


def test_a_service_is_found_by_slug_or_id(vera: Any, service: Any, actor_of: Callable[[Any], Any]) -> None:
    actor = actor_of(vera)
    assert parts.service_by_reference(actor, "checkout") == service
    assert parts.service_by_reference(actor, service.public_id) == service


def test_an_unknown_service_is_a_wrong_field(vera: Any, actor_of: Callable[[Any], Any]) -> None:
    with pytest.raises(Invalid) as caught:
        parts.service_by_reference(actor_of(vera), "nothing")
    assert list(caught.value.fields) == ["service"]
