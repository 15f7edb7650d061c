"""Choosing the steps, without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from oncall.domain import escalation_json
from oncall.domain.escalation import IfHours, Jump, Notify, Plan, RepeatFrom, Resolve, Target, Wait, notify
from oncall.models import EscalationPolicy
from tests.factories.oncall import PolicyFactory
from tests.oncall.views.policy_forms import PRIMARY, TEAM, page, told, wait

ClientFor = Callable[[Any], Client]


@pytest.fixture
def policy(team: Any) -> EscalationPolicy:
    made: EscalationPolicy = PolicyFactory(team=team)
    return made


@pytest.fixture
def url(policy: EscalationPolicy) -> str:
    return f"/oncall/policies/{policy.public_id}/edit/"


def plan_of(policy: EscalationPolicy) -> Plan:
    policy.refresh_from_db()
    return escalation_json.from_snapshot(policy.plan)


def shown(answer: Any) -> list[str]:
    return [row["kind"].value() for row in answer.context["draft"].forms]


def test_a_manager_chooses_steps(client_for: ClientFor, alice: Any, bob: Any, policy: Any, url: str) -> None:
    repeat = {"kind": "repeat_from", "to": 1, "times": "for_ever"}
    client_for(alice).post(url, told(page(PRIMARY, f"person:{bob.pk}::"), wait(7), repeat))
    both = Notify((Target("primary"), Target("person", bob.pk)))
    assert plan_of(policy) == Plan((both, Wait(7), RepeatFrom(0, None)))


def test_every_kind_of_step_can_be_saved(client_for: ClientFor, alice: Any, team: Any, policy: Any, url: str) -> None:
    other = PolicyFactory(team=team, is_default=False)
    hours = {"kind": "if_hours", "weekdays": ["0"], "starts": "09:00", "ends": "17:00", "zone": "Europe/Vienna"}
    rows = (hours | {"covers": 1}, page(TEAM), {"kind": "if_severity", "severities": ["critical"], "covers": 1})
    client_for(alice).post(url, told(*rows, {"kind": "jump", "policy": str(other.pk)}, {"kind": "resolve"}))
    steps = plan_of(policy).steps
    assert isinstance(steps[0], IfHours)
    assert (steps[1], steps[3], steps[4]) == (notify("team"), Jump(other.pk), Resolve())


def test_the_form_opens_with_the_steps_of_now(client_for: ClientFor, alice: Any, url: str) -> None:
    kinds = ["notify", "wait", "notify", "wait", "notify", "wait", "repeat_from"]
    assert shown(client_for(alice).get(url)) == kinds


@pytest.mark.parametrize(
    ("do", "kinds"),
    [
        ("add:resolve", ["notify", "wait", "resolve"]),
        ("add:dog", ["notify", "wait"]),
        ("remove:0", ["wait"]),
        ("up:1", ["wait", "notify"]),
        ("down:0", ["wait", "notify"]),
        ("down:9999", ["notify", "wait"]),
        ("remove:²", ["notify", "wait"]),
    ],
)
def test_a_button_changes_the_draft_and_saves_nothing(
    client_for: ClientFor, alice: Any, policy: Any, url: str, do: str, kinds: list[str]
) -> None:
    before = plan_of(policy)
    answer = client_for(alice).post(url, told(page(PRIMARY), wait("x"), do=do))
    assert (shown(answer), plan_of(policy)) == (kinds, before)
    assert b"Enter a whole number" not in answer.content


def test_unsound_steps_are_explained_at_their_place_and_nothing_is_lost(
    client_for: ClientFor, alice: Any, url: str
) -> None:
    answer = client_for(alice).post(url, told(page(TEAM), {"kind": "repeat_from", "to": 2, "times": "1"}))
    row = answer.context["draft"].forms[1]
    assert (row.errors["to"], row["to"].value()) == (["Repeat from a step before this one."], "2")


def test_no_step_at_all_is_refused(client_for: ClientFor, alice: Any, url: str) -> None:
    assert b"Give 1 to 20 steps" in client_for(alice).post(url, told()).content


def test_a_default_cannot_just_stop_to_be_one(client_for: ClientFor, alice: Any, url: str) -> None:
    given = told(page(TEAM))
    del given["is_default"]
    assert b"A team always has a default" in client_for(alice).post(url, given).content


def test_a_target_that_is_gone_is_still_shown(client_for: ClientFor, alice: Any, policy: Any, url: str) -> None:
    gone = escalation_json.to_snapshot(Plan((Notify((Target("point", 99),)),)))
    EscalationPolicy.objects.update(plan=gone)
    assert b"a contact point that is gone" in client_for(alice).get(url).content


def test_a_responder_may_not(client_for: ClientFor, bob: Any, url: str) -> None:
    assert client_for(bob).get(url).status_code == 403
