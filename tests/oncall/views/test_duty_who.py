"""Paging the right person without knowing a name."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceFactory

ClientFor = Callable[[Any], Client]
URL = "/oncall/who/"


def test_a_service_leads_to_whoever_is_on_call_for_it(
    client_for: ClientFor, charlie: Any, team: Any, schedule: Any, stopped: datetime
) -> None:
    service = ServiceFactory(team=team, name="Checkout", slug="checkout")
    answer = client_for(charlie).get(URL, {"q": "check"})
    [found] = answer.context["answers"]
    assert [str(one.user) for one in found.on_call] == ["Alice", "Bob"]
    assert f"?team={team.pk}&amp;service={service.pk}".encode() in answer.content


def test_a_team_is_found_by_its_name_and_says_when_nobody_is_on_call(client_for: ClientFor, bob: Any) -> None:
    assert b"Nobody is on call by a schedule" in client_for(bob).get(URL, {"q": "payments"}).content


def test_whoever_only_views_sees_and_does_not_page(client_for: ClientFor, vera: Any) -> None:
    content = client_for(vera).get(URL, {"q": "payments"}).content
    assert [b"Payments" in content, b"Page<span" in content] == [True, False]


def test_private_teams_are_not_found(client_for: ClientFor, bob: Any) -> None:
    TeamFactory(name="Hidden", slug="hidden", is_private=True)
    assert client_for(bob).get(URL, {"q": "hidden"}).context["answers"] == []


def test_without_words_it_says_what_it_is_for(client_for: ClientFor, bob: Any) -> None:
    assert b"You need not know a name" in client_for(bob).get(URL).content
