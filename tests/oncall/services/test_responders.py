"""Somebody is paged by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from oncall.exceptions import AlertAlreadyResolved
from oncall.models import Alert, EscalationRun, Page
from oncall.services import alerts, pages, responders, runs
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Conflict

BOB = Actor.system("bob")
MINUTE = timedelta(minutes=1)


def ask(alert: Alert, user: Any, now: datetime) -> int:
    return responders.page_person(actor=BOB, alert=alert, user=user, now=now)


def test_a_person_is_paged_once_a_minute_by_the_same_sender(fired: Alert, bob: Any, now: datetime) -> None:
    assert [ask(fired, bob, now), ask(fired, bob, now), ask(fired, bob, now + MINUTE)] == [1, 0, 1]
    pages.send_due(now=now + MINUTE)
    assert [sent.to for sent in mail.outbox] == [["bob@example.com"]] * 2


def test_also_when_somebody_has_acknowledged_already(fired: Alert, bob: Any, now: datetime) -> None:
    alerts.acknowledge_alert(actor=BOB, alert=fired, now=now)
    ask(fired, bob, now)
    assert (pages.send_due(now=now), fired.events.filter(kind="responder").count()) == (1, 1)


def test_the_next_escalation_takes_over_the_run_that_was_made_by_hand(fired: Alert, bob: Any, now: datetime) -> None:
    alerts.acknowledge_alert(actor=BOB, alert=fired, now=now)
    ask(fired, bob, now)
    Alert.objects.update(status="firing")
    run = runs.start(alert=Alert.objects.get(), now=now)
    assert run is not None
    assert (run.status, runs.is_by_hand(run)) == (EscalationRun.Status.ACTIVE, False)


def test_whoever_has_answered_is_left_alone(fired: Alert, bob: Any, now: datetime) -> None:
    ask(fired, bob, now)
    assert responders.quiet(alert=fired, user_id=bob.pk) == 1
    assert Page.objects.get().status == "cancelled"


def test_a_resolved_alert_and_an_ended_account_are_refused(fired: Alert, bob: Any, now: datetime) -> None:
    bob.is_active = False
    with pytest.raises(Conflict):
        ask(fired, bob, now)
    alerts.close_alert(actor=BOB, alert=fired, now=now)
    with pytest.raises(AlertAlreadyResolved):
        ask(fired, bob, now)


def test_acknowledging_again_stops_what_waits_for_oneself(fired: Alert, bob: Any, actor_of: Any, now: datetime) -> None:
    alerts.acknowledge_alert(actor=BOB, alert=fired, now=now)
    ask(fired, bob, now)
    alerts.acknowledge_alert(actor=actor_of(bob), alert=fired, now=now)
    assert Page.objects.get().status == "cancelled"
