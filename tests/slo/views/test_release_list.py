"""The list of releases."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories.slo import ReleaseFactory, SloStatusFactory

pytestmark = pytest.mark.django_db


def test_releases_are_listed(service: Any, vera: Any, client_for: Any) -> None:
    ReleaseFactory(service=service, version="3.1.4", author="Ann", status="rolled_back")
    page = client_for(vera).get("/releases/").content.decode()
    assert all(text in page for text in ("3.1.4", "Ann", "Rolled back"))
    assert "Record a release" not in page


def test_of_one_service_the_gate_is_shown(service: Any, bob: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal(-1))
    page = client_for(bob).get("/releases/?service=checkout").content.decode()
    assert "has no error budget left" in page
    assert "/releases/new/?service=checkout" in page


def test_an_empty_list_says_what_to_do_next(vera: Any, client_for: Any) -> None:
    assert b"No releases yet" in client_for(vera).get("/releases/").content
    assert b"No release matches" in client_for(vera).get("/releases/?q=nothing").content
