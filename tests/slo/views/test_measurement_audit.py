"""The page of the audit of what is measured."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.catalog import ServiceFactory

pytestmark = pytest.mark.django_db
URL = "/slos/audit/"


def page(client: Client, query: str = "") -> str:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_noticed_leads_to_where_it_is_mended(
    client_for: Callable[[Any], Client], vera: Any, service: Any
) -> None:
    text = page(client_for(vera))
    assert "has no probe or source and no SLO" in text
    assert 'href="/services/checkout/"' in text


def test_nothing_to_tidy_up_says_so(client_for: Callable[[Any], Client], vera: Any) -> None:
    assert "Nothing to tidy up" in page(client_for(vera))


def test_one_service_is_chosen(client_for: Callable[[Any], Client], vera: Any, service: Any, team: Any) -> None:
    ServiceFactory(team=team, name="Search index", slug="search-index")
    text = page(client_for(vera), "?service=search-index")
    assert (">Search index</a>" in text, ">Checkout</a>" in text) == (True, False)


def test_long_sections_have_pages(client_for: Callable[[Any], Client], vera: Any, team: Any) -> None:
    for number in range(12):
        ServiceFactory(team=team, name=f"Search {number:02}", slug=f"search-{number}")
    client = client_for(vera)
    short, whole = page(client), page(client, "?section=bare")
    assert ("All 12 findings" in short, ">Search 09</a>" in short, ">Search 10</a>" in short) == (True, True, False)
    assert (">Search 11</a>" in whole, "All sections" in whole) == (True, True)
    assert "All 12 findings" in page(client, "?section=nothing")


def test_another_team_s_private_services_are_not_told(
    client_for: Callable[[Any], Client], charlie: Any, service: Any, team: Any
) -> None:
    team.is_private = True
    team.save()
    assert "Checkout" not in page(client_for(charlie))


def test_it_asks_for_a_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
