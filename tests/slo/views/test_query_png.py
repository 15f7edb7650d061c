"""The answer of an ad-hoc query as a picture."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_picture_is_a_png(client_for: Callable[[Any], Client], vera: Any) -> None:
    answer = client_for(vera).get("/queries/png/?measure=bad")
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")


def test_what_cannot_be_asked_is_refused(client_for: Callable[[Any], Client], vera: Any) -> None:
    assert client_for(vera).get("/queries/png/?measure=sql").status_code == 422
