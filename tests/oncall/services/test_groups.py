"""A group has one lead that pages for all, and ends when its last alert has ended."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert, EscalationRun
from oncall.selectors.rulebooks import Rulebook
from oncall.services import alerts, holds
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import IntegrationFactory, PolicyFactory, RouteFactory, SilenceFactory, arriving, over

PERSON = Actor(kind="user", label="Alice")
GROUPED: dict[str, Any] = {"group_key": "g"}


@pytest.fixture
def lead(team: Any) -> Alert:
    return arriving(team, "lead", **GROUPED)


@pytest.fixture
def member(team: Any, lead: Alert) -> Alert:
    return arriving(team, "member", **GROUPED)


def fresh(alert: Alert) -> Alert:
    return Alert.objects.get(pk=alert.pk)


def test_the_first_of_a_group_pages_for_all(lead: Alert, member: Alert) -> None:
    assert (member.lead_id, EscalationRun.objects.get().alert_id) == (lead.pk, lead.pk)


def test_another_senders_group_is_another(team: Any, lead: Alert) -> None:
    assert arriving(team, "member", source="other", **GROUPED).lead is None


def test_labels_of_the_integration_make_groups(team: Any) -> None:
    integration = IntegrationFactory(team=team, group_by=["cluster"])
    told: dict[str, Any] = {"integration_id": integration.pk, "source": integration.public_id}
    first, second, third = (
        arriving(team, str(number), labels={"cluster": name}, **told) for number, name in enumerate("aab")
    )
    assert (second.lead_id, third.lead_id) == (first.pk, None)


def test_a_group_takes_in_alerts_for_its_minutes(team: Any, now: datetime) -> None:
    integration = IntegrationFactory(team=team, group_by=["cluster"], group_minutes=5)
    told: dict[str, Any] = {"integration_id": integration.pk, "started_at": now - timedelta(hours=2)}
    first = arriving(team, "a", **told)
    assert arriving(team, "b", now=now + timedelta(minutes=4), **told).lead_id == first.pk
    assert arriving(team, "c", now=now + timedelta(minutes=5), **told).lead_id is None


def test_a_worse_member_makes_a_group_page_that_did_not(team: Any) -> None:
    lead = arriving(team, "lead", severity="warning", **GROUPED)
    arriving(team, "member", **GROUPED)
    assert (fresh(lead).severity, lead.runs.get().status) == ("critical", "active")


def test_a_new_member_leaves_an_acknowledged_group_alone(team: Any, lead: Alert, now: datetime) -> None:
    alerts.acknowledge_alert(actor=PERSON, alert=lead, now=now)
    arriving(team, "member", **GROUPED)
    assert (fresh(lead).status, lead.runs.filter(status="active").exists()) == ("acknowledged", False)


def test_a_policy_may_page_an_acknowledged_group_again(team: Any, now: datetime) -> None:
    PolicyFactory(team=team, repage_acknowledged=True)
    lead = arriving(team, "lead", **GROUPED)
    alerts.acknowledge_alert(actor=PERSON, alert=lead, now=now)
    arriving(team, "member", **GROUPED)
    assert (fresh(lead).status, lead.runs.filter(status="active").count()) == ("firing", 1)


def test_a_route_may_page_an_acknowledged_group_again(team: Any, now: datetime) -> None:
    RouteFactory(team=team, repages=True)
    lead = arriving(team, "lead", **GROUPED)
    alerts.acknowledge_alert(actor=PERSON, alert=lead, now=now)
    arriving(team, "member", **GROUPED)
    assert fresh(lead).status == "firing"


def test_a_milder_member_pages_nobody_again(team: Any, now: datetime) -> None:
    RouteFactory(team=team, repages=True)
    lead = arriving(team, "lead", **GROUPED)
    alerts.acknowledge_alert(actor=PERSON, alert=lead, now=now)
    arriving(team, "member", severity="info", **GROUPED)
    assert fresh(lead).status == "acknowledged"


def test_what_is_done_to_a_member_is_done_to_its_group(lead: Alert, member: Alert, now: datetime) -> None:
    assert alerts.acknowledge_alert(actor=PERSON, alert=member, now=now).pk == lead.pk
    alerts.close_alert(actor=PERSON, alert=member, now=now)
    assert {one.status for one in Alert.objects.all()} == {"resolved"}
    assert list(member.events.values_list("kind", flat=True)) == ["fired", "grouped", "resolved"]


def test_a_lead_stays_open_until_its_members_have_ended(lead: Alert, member: Alert, now: datetime) -> None:
    over("lead")
    assert (fresh(lead).status, fresh(lead).quiet_since, lead.runs.get().status) == ("firing", now, "active")
    over("member")
    assert {one.status for one in Alert.objects.all()} == {"resolved"}


def test_a_quiet_lead_that_fires_again_is_quiet_no_more(team: Any, lead: Alert, member: Alert) -> None:
    over("lead")
    arriving(team, "lead")
    over("member")
    assert (fresh(lead).status, fresh(lead).quiet_since) == ("firing", None)


def test_a_lead_stays_as_bad_as_its_group(team: Any, lead: Alert, member: Alert) -> None:
    assert arriving(team, "lead", severity="warning").severity == "critical"


def test_a_held_member_pages_nobody_and_outlives_the_group(team: Any, lead: Alert) -> None:
    SilenceFactory(team=team, matchers=[{"name": "pod", "op": "=", "value": "b"}])
    held = arriving(team, "held", labels={"pod": "b"}, **GROUPED)
    over("lead")
    assert (fresh(lead).status, fresh(held).status, fresh(held).lead_id) == ("resolved", "firing", None)


def test_an_alert_that_may_page_never_joins_a_held_lead(team: Any) -> None:
    SilenceFactory(team=team, matchers=[{"name": "pod", "op": "=", "value": "b"}])
    arriving(team, "held", labels={"pod": "b"}, **GROUPED)
    free = arriving(team, "free", **GROUPED)
    assert (free.lead_id, free.runs.count()) == (None, 1)


def test_a_lead_that_is_silenced_hands_its_group_over(team: Any, now: datetime) -> None:
    lead = arriving(team, "lead", labels={"pod": "b"}, **GROUPED)
    member, other = arriving(team, "m", **GROUPED), arriving(team, "n", **GROUPED)
    SilenceFactory(team=team, matchers=[{"name": "pod", "op": "=", "value": "b"}])
    holds.redecide(lead.pk, book=Rulebook(now))
    assert (fresh(member).lead_id, fresh(other).lead_id, member.runs.get().status) == (None, member.pk, "active")
    assert (fresh(lead).held_by, lead.runs.get().status) == ("silenced", "stopped")
