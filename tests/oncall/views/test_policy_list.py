"""The policies of all teams."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from tests.factories.oncall import PolicyFactory

ClientFor = Callable[[Any], Client]
URL = "/oncall/policies/"


def test_a_team_without_a_policy_is_told_about_the_default(client_for: ClientFor, bob: Any) -> None:
    assert b"the default one pages" in client_for(bob).get(URL).content


def test_policies_stand_with_their_team_but_not_those_out_of_service(
    client_for: ClientFor, bob: Any, team: Any
) -> None:
    PolicyFactory(team=team, name="Days")
    PolicyFactory(team=team, name="Nights", is_default=False)
    PolicyFactory(team=team, name="Old", is_default=False, archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    [mine] = [one for one in client_for(bob).get(URL).context["teams"] if one["is_mine"]]
    assert [policy.name for policy in mine["policies"]] == ["Days", "Nights"]
