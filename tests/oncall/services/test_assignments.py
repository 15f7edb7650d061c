"""Who has an alert: taken over, handed to a person who is asked at once, escalated now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, Page, QuietHours
from oncall.models.pages import BY_HAND
from oncall.services import alerts, assignments, escalations, snoozes
from portal.lib.errors import Conflict

ActorOf = Callable[[Any], Any]


def test_who_acknowledges_has_it(fired: Alert, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    found = alerts.acknowledge_alert(actor=actor_of(bob), alert=fired, now=now)
    assert found.assigned_to == bob


def test_an_alert_that_wakes_is_nobodys(fired: Alert, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    alerts.acknowledge_alert(actor=actor_of(bob), alert=fired, now=now)
    snoozes.snooze(actor=actor_of(bob), alert=fired, until=now + timedelta(hours=1), now=now)
    snoozes.wake(fired.pk, now=now + timedelta(hours=1))
    fired.refresh_from_db()
    assert (fired.status, fired.assigned_to) == ("firing", None)


def test_another_person_takes_over_without_a_page(
    fired: Alert, alice: Any, bob: Any, actor_of: ActorOf, now: datetime
) -> None:
    alerts.acknowledge_alert(actor=actor_of(alice), alert=fired, now=now)
    found = [assignments.hand_to(actor=actor_of(bob), alert=fired, person=bob, now=now) for _ in range(2)][-1]
    assert (found.status, found.assigned_to, found.acknowledged_by) == ("acknowledged", bob, alice)
    assert fired.events.filter(kind="reassigned").count() == 1


def test_to_take_over_what_fires_is_to_acknowledge(fired: Alert, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    assert assignments.take_over(actor=actor_of(bob), alert=fired, now=now).status == "acknowledged"


def test_who_is_handed_an_alert_is_paged_and_the_policy_waits_five_minutes(
    schedule: Any, fired: Alert, alice: Any, bob: Any, actor_of: ActorOf, stopped: datetime
) -> None:
    escalations.tick(now=stopped)
    for _ in range(2):
        found = assignments.hand_to(actor=actor_of(alice), alert=fired, person=bob, now=stopped)
    assert (found.status, found.assigned_to, list(fired.runs.values_list("status", flat=True).order_by("pk"))) == (
        "firing",
        bob,
        ["stopped", "active"],
    )
    assert [page.user for page in Page.objects.filter(status="pending", step=BY_HAND)] == [bob]
    assert escalations.tick(now=stopped + timedelta(minutes=4)) == 0
    assert escalations.tick(now=stopped + timedelta(minutes=6)) == 1


def test_nobody_is_handed_an_alert_who_has_left(
    fired: Alert, alice: Any, bob: Any, actor_of: ActorOf, now: datetime
) -> None:
    bob.is_active = False
    with pytest.raises(Conflict):
        assignments.hand_to(actor=actor_of(alice), alert=fired, person=bob, now=now)


def test_the_next_step_is_asked_now(
    schedule: Any, fired: Alert, alice: Any, bob: Any, actor_of: ActorOf, stopped: datetime
) -> None:
    escalations.tick(now=stopped)
    assert assignments.escalate(actor=actor_of(alice), alert=fired, now=stopped)
    escalations.tick(now=stopped)
    assert [page.user for page in Page.objects.order_by("pk")] == [alice, bob]


def test_an_acknowledged_alert_goes_on_behind_the_step_that_was_asked(
    schedule: Any, fired: Alert, alice: Any, bob: Any, actor_of: ActorOf, stopped: datetime
) -> None:
    escalations.tick(now=stopped)
    alerts.acknowledge_alert(actor=actor_of(alice), alert=fired, now=stopped)
    assert assignments.escalate(actor=actor_of(alice), alert=fired, now=stopped)
    escalations.tick(now=stopped)
    assert [page.user for page in Page.objects.exclude(status="cancelled").order_by("pk")] == [bob]


def test_what_is_held_back_pages_nobody(fired: Alert, alice: Any, actor_of: ActorOf, now: datetime) -> None:
    Alert.objects.filter(pk=fired.pk).update(held_by="silenced")
    assert not assignments.escalate(actor=actor_of(alice), alert=fired, now=now)


def test_what_is_resolved_is_not_escalated(fired: Alert, alice: Any, actor_of: ActorOf, now: datetime) -> None:
    alerts.close_alert(actor=actor_of(alice), alert=fired, now=now)
    with pytest.raises(AlertAlreadyResolved):
        assignments.escalate(actor=actor_of(alice), alert=fired, now=now)


def test_a_ticket_wakes_nobody_whom_it_is_handed(
    fired: Alert, alice: Any, bob: Any, actor_of: ActorOf, now: datetime
) -> None:
    QuietHours.objects.create(user=bob, zone="UTC", starts="11:00", ends="14:00")
    Alert.objects.filter(pk=fired.pk).update(severity="warning")
    assignments.hand_to(actor=actor_of(alice), alert=fired, person=bob, now=now)
    assert Page.objects.get(user=bob).due_at > now
