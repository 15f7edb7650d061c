from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/domains/"


def test_domains_of_all_teams_and_of_ones_own_are_listed(
    api_for: Callable[..., Any], team: Any, other_team: Any
) -> None:
    DomainFactory(name="all.example.com")
    DomainFactory(name="own.example.com", team=team)
    DomainFactory(name="theirs.example.com", team=other_team)
    items = api_for("links:read").get(URL).json()["items"]
    assert [item["name"] for item in items] == ["own.example.com", "all.example.com"]


def test_one_domain_is_shown_by_its_id(api_for: Callable[..., Any]) -> None:
    domain = DomainFactory(name="go.example.com", is_default=True)
    body = api_for("links:read").get(f"{URL}{domain.public_id}/").json()
    assert body == {
        "id": domain.public_id,
        "name": "go.example.com",
        "team": None,
        "case_sensitive": True,
        "is_default": True,
    }


def test_a_domain_that_does_not_exist_is_not_found(api_for: Callable[..., Any]) -> None:
    assert api_for("links:read").get(f"{URL}dom_x/").status_code == 404
