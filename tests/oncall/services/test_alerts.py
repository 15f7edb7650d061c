"""Alerts open once, are joined, acknowledged and resolved, and take their escalation run with them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, AlertEvent, EscalationPolicy, EscalationRun, Page
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.accounts.selectors import actors
from tests.factories.oncall import PageFactory, PolicyFactory

PROBE = Actor.system("probe")


@pytest.fixture
def fire(team: Any, now: datetime) -> Callable[..., Alert]:
    """Opens or joins the alert `probe/checkout` of the team."""

    def make(**changes: Any) -> Alert:
        told: dict[str, Any] = {
            "actor": PROBE,
            "title": "Restart the checkout",
            "severity": "critical",
            "detail": "It is down.",
            "now": now,
        }
        key: dict[str, Any] = {"source": "probe", "dedup_key": "checkout", "team_id": team.pk, "service_id": None}
        return alerts.open_alert(**key, **(told | changes))

    return make


def kinds(alert: Alert) -> list[str]:
    return [event.kind for event in alert.events.all()]


def test_what_the_sender_tells_is_kept(fire: Callable[..., Alert], now: datetime) -> None:
    told: dict[str, Any] = {
        "labels": {"pod": "a"},
        "annotations": {"note": "b"},
        "images": [{"src": "https://x.example/g.png"}],
    }
    alert = fire(**told, group_key="g1", is_test=True)
    assert {name: getattr(alert, name) for name in told} == told
    assert (bool(alert.group_key), alert.is_test) == (True, True)


@pytest.mark.parametrize(("hours", "kept"), [(-2, -2), (3, 0)])
def test_the_senders_start_counts_unless_it_lies_ahead(
    fire: Callable[..., Alert], now: datetime, hours: int, kept: int
) -> None:
    assert fire(started_at=now + timedelta(hours=hours)).started_at == now + timedelta(hours=kept)


def test_a_new_critical_alert_starts_a_run_that_is_due_at_once(fire: Callable[..., Alert], now: datetime) -> None:
    alert = fire()
    assert (alert.status, kinds(alert), alert.runs.get().next_run_at) == ("firing", ["fired"], now)


def test_a_warning_is_a_ticket_and_pages_nobody(fire: Callable[..., Alert]) -> None:
    assert not fire(severity="warning").runs.exists()


def test_a_team_without_a_policy_gets_the_default_one(fire: Callable[..., Alert], team: Any) -> None:
    fire()
    assert EscalationPolicy.objects.get(team=team).is_automatic


def test_a_repeat_joins_quietly(fire: Callable[..., Alert]) -> None:
    first, second = fire(), fire()
    assert (first.pk, second.joined_count, kinds(second)) == (second.pk, 1, ["fired"])
    assert EscalationRun.objects.count() == 1


def test_a_changed_title_is_an_event(fire: Callable[..., Alert]) -> None:
    fire()
    assert kinds(fire(title="Fail over the checkout")) == ["fired", "joined"]


def test_a_warning_that_becomes_critical_starts_to_page(fire: Callable[..., Alert]) -> None:
    fire(severity="warning")
    assert fire().runs.get().status == "active"


def test_acknowledging_stops_the_run_and_cancels_waiting_pages(fire: Callable[..., Alert], now: datetime) -> None:
    alert = fire()
    page = PageFactory(run=alert.runs.get())
    alerts.acknowledge_alert(actor=PROBE, alert=alert, now=now)
    page.refresh_from_db()
    assert (page.status, alert.runs.get().status) == (Page.Status.CANCELLED, "stopped")


def test_acknowledging_twice_is_one_event(fire: Callable[..., Alert], now: datetime) -> None:
    alert = fire()
    alerts.acknowledge_alert(actor=PROBE, alert=alert, now=now)
    alerts.acknowledge_alert(actor=PROBE, alert=alert, now=now)
    assert kinds(alert) == ["fired", "acknowledged"]


def test_a_join_of_an_acknowledged_alert_stays_acknowledged(fire: Callable[..., Alert], now: datetime) -> None:
    alerts.acknowledge_alert(actor=PROBE, alert=fire(), now=now)
    joined = fire(title="Something else")
    assert (joined.status, joined.runs.filter(status="active").count()) == ("acknowledged", 0)


def test_a_policy_may_page_again_when_an_acknowledged_alert_gets_worse(
    fire: Callable[..., Alert], team: Any, now: datetime
) -> None:
    PolicyFactory(team=team, repage_acknowledged=True)
    alerts.acknowledge_alert(actor=PROBE, alert=fire(severity="warning"), now=now)
    assert (fire().status, EscalationRun.objects.get().status) == ("firing", "active")


def test_after_a_resolve_the_next_one_is_a_new_alert(fire: Callable[..., Alert], now: datetime) -> None:
    first = fire()
    alerts.resolve_alert(actor=PROBE, source="probe", dedup_key="checkout", now=now)
    assert fire().pk != first.pk


def test_resolving_what_is_not_open_does_nothing(team: Any, now: datetime) -> None:
    assert alerts.resolve_alert(actor=PROBE, source="probe", dedup_key="checkout", now=now) is None


def test_closing_a_closed_alert_keeps_its_time(fire: Callable[..., Alert], now: datetime) -> None:
    alert = alerts.close_alert(actor=PROBE, alert=fire(), now=now)
    again = alerts.close_alert(actor=PROBE, alert=alert, now=now + timedelta(hours=1))
    assert again.resolved_at == now


def test_a_resolved_alert_cannot_be_acknowledged(fire: Callable[..., Alert], now: datetime) -> None:
    alert = alerts.close_alert(actor=PROBE, alert=fire(), now=now)
    with pytest.raises(AlertAlreadyResolved):
        alerts.acknowledge_alert(actor=PROBE, alert=alert, now=now)


def test_what_a_person_does_is_audited(fire: Callable[..., Alert], alice: Any, now: datetime) -> None:
    person = actors.actor_for_user(alice)
    alerts.close_alert(actor=person, alert=fire(actor=person), now=now)
    actions = AuditEntry.objects.filter(target_type="oncall.alert").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["alert.opened", "alert.resolved"]


def test_what_machines_do_stands_in_the_history_alone(fire: Callable[..., Alert], now: datetime) -> None:
    alert = fire()
    alerts.resolve_alert(actor=PROBE, source="probe", dedup_key="checkout", now=now)
    assert (AuditEntry.objects.filter(target_type="oncall.alert").count(), kinds(alert)) == (0, ["fired", "resolved"])


def test_a_rolled_back_caller_leaves_nothing(fire: Callable[..., Alert]) -> None:
    with transaction.atomic():
        fire()
        transaction.set_rollback(True)
    assert [model.objects.count() for model in (Alert, EscalationRun, AlertEvent)] == [0, 0, 0]
