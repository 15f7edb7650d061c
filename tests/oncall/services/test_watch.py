"""Who watches the watcher."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from oncall.models import Alert, EscalationRun, PagerHeartbeat
from oncall.services import watch
from portal.lib import health
from tests.factories.oncall import AlertFactory, RunFactory


@pytest.fixture
def late(fired: Alert, now: datetime) -> datetime:
    """A run has been due for two minutes."""
    return now + timedelta(minutes=2)


def test_the_administrators_are_told_once_in_a_while(late: datetime, admin_user: Any) -> None:
    told = [watch.tell_operator_due(now=late + minutes * timedelta(minutes=5)) for minutes in range(4)]
    assert told == [True, False, False, True]
    assert mail.outbox[0].to == ["root@example.com"]


def test_without_an_administrator_the_configured_address_is_told(late: datetime, settings: Any) -> None:
    settings.PORTAL_ADMIN_EMAIL = "ops@example.com"
    watch.tell_operator_due(now=late)
    assert mail.outbox[0].to == ["ops@example.com"]


def test_the_mail_says_how_late_and_whether_a_pager_lives(late: datetime, admin_user: Any) -> None:
    watch.beat(name="one", started_at=late, now=late)
    watch.tell_operator_due(now=late)
    assert ("due for 120 s" in mail.outbox[0].body, "Pagers alive: 1" in mail.outbox[0].body) == (True, True)


def test_while_paging_keeps_up_nothing_is_said(fired: Alert, now: datetime) -> None:
    assert not watch.tell_operator_due(now=now + timedelta(seconds=60))


def test_a_heartbeat_is_one_row_and_old_ones_are_forgotten(db: None, now: datetime) -> None:
    watch.beat(name="old", started_at=now, now=now - timedelta(days=2))
    for _ in range(2):
        watch.beat(name="one", started_at=now, now=now)
    assert [beat.name for beat in PagerHeartbeat.objects.all()] == ["one"]


def test_a_stopped_run_is_never_late(late: datetime) -> None:
    EscalationRun.objects.update(status="stopped", next_run_at=None)
    assert not watch.tell_operator_due(now=late)


def test_a_mail_that_nobody_took_is_tried_again_in_a_minute(late: datetime, admin_user: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    watch.tell_operator_due(now=late)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    seconds = [timedelta(seconds=one) for one in (59, 60, 61)]
    assert [watch.tell_operator_due(now=late + one) for one in seconds] == [False, True, False]


def subjects(now: datetime) -> list[str]:
    return [trouble.topic for trouble in watch.troubles(now)]


def test_a_pager_that_fell_silent_is_missed_by_whoever_still_looks(db: None, now: datetime) -> None:
    assert subjects(now) == []
    watch.beat(name="one", started_at=now, now=now)
    assert (subjects(now + timedelta(seconds=59)), subjects(now + timedelta(seconds=60))) == ([], ["silent"])


def test_alerts_that_reached_nobody_are_told(db: None, now: datetime) -> None:
    RunFactory(alert=AlertFactory(), status="exhausted", next_run_at=None, ended_at=now)
    assert subjects(now) == ["unheard"]


def test_clocks_that_stand_are_told_by_the_pager_itself(db: None, now: datetime, monkeypatch: Any) -> None:
    monkeypatch.setitem(health._checks, "clocks", lambda _: "oncall.tasks.watch_pager_due is 2 minutes late")
    assert [trouble.text for trouble in watch.troubles(now)] == ["oncall.tasks.watch_pager_due is 2 minutes late"]
