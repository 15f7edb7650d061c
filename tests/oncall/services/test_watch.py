"""Who watches the watcher."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from oncall.models import Alert, EscalationRun, PagerHeartbeat
from oncall.services import watch


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
