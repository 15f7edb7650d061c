"""Who would be paged when."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from tests.factories.oncall import PolicyFactory

ClientFor = Callable[[Any], Client]
URL = "/oncall/teams/payments/policy/"


def test_a_team_without_a_policy_is_told_about_the_default(client_for: ClientFor, bob: Any) -> None:
    assert b"the default one pages" in client_for(bob).get(URL).content


def test_it_names_the_people_of_now(client_for: ClientFor, bob: Any, schedule: Any, stopped: datetime) -> None:
    rows = client_for(bob).get(URL).context["rows"]
    assert [[str(user) for user in users] for _, _, users in rows] == [["Alice"], ["Bob"], ["Alice", "Bob"]]


def test_a_chosen_policy_is_not_called_the_default(client_for: ClientFor, bob: Any, team: Any) -> None:
    PolicyFactory(team=team, name="Ours")
    content = client_for(bob).get(URL).content
    assert (b"Ours" in content, b"the default one pages" in content) == (True, False)
