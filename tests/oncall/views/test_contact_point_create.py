"""Adding a contact point."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.models import ContactPoint

ClientFor = Callable[[Any], Client]
URL = "/oncall/contact-points/new/"


def post(client: Client, team: Any, **told: Any) -> Any:
    facts = {"team": team.pk, "kind": "slack", "name": "ops", "address": "https://hooks.slack.com/services/T/B/x"}
    return client.post(URL, facts | told)


def test_it_asks_what_kind_it_is_first(client_for: ClientFor, alice: Any) -> None:
    assert b"?kind=teams" in client_for(alice).get(URL).content


def test_a_manager_adds_one(client_for: ClientFor, team: Any, alice: Any) -> None:
    post(client_for(alice), team)
    assert ContactPoint.objects.get().kind == "slack"


def test_an_address_elsewhere_is_refused_and_nothing_is_lost(client_for: ClientFor, team: Any, alice: Any) -> None:
    answer = post(client_for(alice), team, address="https://evil.example/x")
    assert "address" in answer.context["form"].errors
    assert b"https://evil.example/x" in answer.content


def test_a_responder_may_not(client_for: ClientFor, team: Any, bob: Any) -> None:
    assert "team" in post(client_for(bob), team).context["form"].errors
