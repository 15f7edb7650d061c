"""A policy, who it reaches now, and what it would do."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from oncall.domain import escalation_json
from oncall.domain.escalation import Notify, Plan, Target, notify
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import ContactFactory, PolicyFactory

ClientFor = Callable[[Any], Client]


def url(policy: Any) -> str:
    return f"/oncall/policies/{policy.public_id}/"


def test_it_names_the_people_of_now(
    client_for: ClientFor, bob: Any, team: Any, schedule: Any, stopped: datetime
) -> None:
    rows = client_for(bob).get(url(PolicyFactory(team=team))).context["rows"]
    assert [row.asked.names for row in rows if row.asked is not None] == ["Alice", "Bob", "Alice, Bob", ""]


@pytest.mark.usefixtures("schedule")
def test_channels_are_called_what_people_call_them(client_for: ClientFor, bob: Any, alice: Any, team: Any) -> None:
    ContactFactory(user=alice, kind="sms", address="+431555010203")
    text = client_for(bob).get(url(PolicyFactory(team=team)), {"at": "2026-03-04T12:00", "severity": "critical"}).text
    assert ("Alice: SMS" in text, "failed last" in text) == (True, False)


@pytest.mark.usefixtures("schedule")
def test_a_way_that_failed_last_is_marked(client_for: ClientFor, bob: Any, alice: Any, team: Any) -> None:
    ContactFactory(user=alice, kind="sms", address="+431555010203", problem="error 30005")
    text = client_for(bob).get(url(PolicyFactory(team=team)), {"at": "2026-03-04T12:00", "severity": "critical"}).text
    assert ("failed last" in text, "30005" in text) == (True, False)


def test_it_foretells_any_instant(client_for: ClientFor, bob: Any, team: Any, schedule: Any) -> None:
    asked = {"severity": "critical", "at": "2026-03-11T12:00"}
    answer = client_for(bob).get(url(PolicyFactory(team=team)), asked)
    assert [ask.asked.names for ask, _, _ in answer.context["asks"]][:2] == ["Bob", "Alice"]


def test_a_class_that_it_does_not_walk_for_is_said(client_for: ClientFor, bob: Any, team: Any) -> None:
    answer = client_for(bob).get(url(PolicyFactory(team=team)), {"severity": "info"})
    assert b"start no escalation here" in answer.content


def test_one_that_nobody_chose_says_so(client_for: ClientFor, bob: Any, team: Any) -> None:
    answer = client_for(bob).get(url(PolicyFactory(team=team, is_automatic=True)))
    assert (b"Nobody has chosen" in answer.content, b"Take out of service" in answer.content) == (True, False)


def test_a_private_teams_policy_is_not_found(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(url(PolicyFactory(team=TeamFactory(is_private=True)))).status_code == 404


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "0001-01-01T00:00", "nonsense"])
def test_an_instant_out_of_reach_is_refused(client_for: ClientFor, bob: Any, team: Any, at: str) -> None:
    answer = client_for(bob).get(url(PolicyFactory(team=team)), {"severity": "critical", "at": at})
    assert list(answer.context["form"].errors) == ["at"]


def test_what_would_be_passed_over_is_shown(client_for: ClientFor, bob: Any, team: Any) -> None:
    plan = Plan((notify("team"), Notify((Target("point", 999),))))
    policy = PolicyFactory(team=team, plan=escalation_json.to_snapshot(plan))
    client = client_for(bob)
    assert "The contact point is gone." in client.get(url(policy)).text
    assert "Needs mending" in client.get("/oncall/policies/").text
