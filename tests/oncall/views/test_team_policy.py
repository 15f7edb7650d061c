"""From a team to its default policy."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.factories.oncall import PolicyFactory

ClientFor = Callable[[Any], Client]
URL = "/oncall/teams/payments/policy/"


def test_it_leads_to_the_default(client_for: ClientFor, bob: Any, team: Any) -> None:
    policy = PolicyFactory(team=team)
    assert client_for(bob).get(URL).headers["Location"] == f"/oncall/policies/{policy.public_id}/"


def test_without_one_it_leads_to_the_list(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).get(URL).headers["Location"] == "/oncall/policies/"
