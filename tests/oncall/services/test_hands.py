"""Alerts are handed on, noted, merged and taken apart; repeats change nothing."""

from datetime import datetime
from typing import Any

import pytest

from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert
from oncall.services import alerts, hands
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from tests.factories.oncall import AlertFactory, PolicyFactory, arriving, over

PERSON = Actor(kind="user", label="Alice")


def kinds(alert: Alert) -> list[str]:
    return list(alert.events.values_list("kind", flat=True))


def test_another_team_is_asked_from_its_first_step(team: Any, other_team: Any, now: datetime) -> None:
    alert = alerts.acknowledge_alert(actor=PERSON, alert=arriving(team), now=now)
    for _ in range(2):
        alert = hands.reassign(actor=PERSON, alert=alert, team=other_team, now=now)
    assert (alert.team, alert.status, kinds(alert)[-1]) == (other_team, "firing", "reassigned")
    assert list(alert.runs.order_by("pk").values_list("status", flat=True)) == ["stopped", "active"]


def test_another_policy_brings_its_team(team: Any, other_team: Any, now: datetime) -> None:
    policy = PolicyFactory(team=other_team, name="Second line")
    alert = hands.reassign(actor=PERSON, alert=arriving(team), policy=policy, now=now)
    assert (alert.team, alert.policy, alert.runs.get(status="active").policy_name) == (
        other_team,
        policy,
        "Second line",
    )


def test_a_repeat_of_the_sender_leaves_it_there(team: Any, other_team: Any, now: datetime) -> None:
    hands.reassign(actor=PERSON, alert=arriving(team), team=other_team, now=now)
    assert arriving(team).team == other_team


def test_what_is_resolved_is_not_handed_on(team: Any, other_team: Any, now: datetime) -> None:
    alert = arriving(team)
    over()
    with pytest.raises(AlertAlreadyResolved):
        hands.reassign(actor=PERSON, alert=alert, team=other_team, now=now)


def test_to_nobody_is_refused(team: Any, now: datetime) -> None:
    with pytest.raises(Invalid):
        hands.reassign(actor=PERSON, alert=arriving(team), now=now)


def test_a_note_is_added_once(team: Any, now: datetime) -> None:
    alert = arriving(team)
    first, second = (hands.note(actor=PERSON, alert=alert, text=" Disk full ", now=now) for _ in range(2))
    assert (first.pk, first.detail) == (second.pk, "Disk full")


@pytest.mark.parametrize("text", ["", "  ", 501 * "x"])
def test_a_note_has_words(team: Any, now: datetime, text: str) -> None:
    with pytest.raises(Invalid):
        hands.note(actor=PERSON, alert=arriving(team), text=text, now=now)


def test_merged_alerts_have_one_run(team: Any, now: datetime) -> None:
    lead, other = arriving(team, "a"), arriving(team, "b")
    for _ in range(2):
        hands.merge(actor=PERSON, lead=lead, others=[other, lead], now=now)
    other.refresh_from_db()
    assert (other.lead, other.runs.get().status, kinds(other)) == (lead, "stopped", ["fired", "merged"])


def test_a_merged_group_brings_its_members(team: Any, now: datetime) -> None:
    lead = arriving(team, "a")
    other, member = arriving(team, "b", group_key="g"), arriving(team, "c", group_key="g")
    hands.merge(actor=PERSON, lead=lead, others=[other], now=now)
    member.refresh_from_db()
    assert member.lead == lead


def test_a_worse_one_makes_the_group_worse(team: Any, now: datetime) -> None:
    lead = arriving(team, "a", severity="warning")
    hands.merge(actor=PERSON, lead=lead, others=[arriving(team, "b")], now=now)
    lead.refresh_from_db()
    assert (lead.severity, lead.runs.get().status) == ("critical", "active")


def test_what_cannot_be_merged(team: Any, other_team: Any, now: datetime) -> None:
    lead, held = arriving(team, "a"), AlertFactory(team=team, held_by="silenced")
    for chief, other in [(lead, arriving(other_team, "b")), (held, lead)]:
        with pytest.raises(Invalid):
            hands.merge(actor=PERSON, lead=chief, others=[other], now=now)


def test_a_member_that_is_taken_out_pages_for_itself(team: Any, now: datetime) -> None:
    lead, other = arriving(team, "a"), arriving(team, "b")
    hands.merge(actor=PERSON, lead=lead, others=[other], now=now)
    for _ in range(2):
        other = hands.unmerge(actor=PERSON, alert=other, now=now)
    assert (other.lead, other.runs.filter(status="active").count()) == (None, 1)
