"""Whether paging keeps up."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from oncall.models import Alert, EscalationRun
from oncall.selectors import lateness
from tests.factories.oncall import PageFactory

SECOND = timedelta(seconds=1)


def test_the_oldest_due_run_counts(fired: Alert, now: datetime) -> None:
    assert lateness.lateness(now + 40 * SECOND) == 40 * SECOND


@pytest.mark.parametrize(("status", "field"), [("pending", "due_at"), ("sending", "lease_until")])
def test_due_pages_and_lost_leases_count(fired: Alert, now: datetime, status: str, field: str) -> None:
    EscalationRun.objects.update(next_run_at=now + timedelta(days=1))
    PageFactory(run=fired.runs.get(), status=status, **{"due_at": now, field: now - 9 * SECOND})
    assert lateness.lateness(now) == 9 * SECOND


def test_what_is_sent_or_ended_is_never_late(fired: Alert, now: datetime) -> None:
    PageFactory(run=fired.runs.get(), status="sent", due_at=now - timedelta(days=1))
    EscalationRun.objects.update(status="stopped", next_run_at=None)
    PageFactory(run=fired.runs.get(), due_at=now - timedelta(days=1))
    assert lateness.lateness(now) == timedelta()


def test_readiness_turns_red_after_a_minute(fired: Alert, now: datetime) -> None:
    assert lateness.why_late(now + 60 * SECOND) is None
    assert lateness.why_late(now + 61 * SECOND) == "A page has been due for 61 s."


def test_the_time_is_the_databases(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [before] = cursor.fetchone()
    assert timedelta() <= lateness.database_now() - before < timedelta(minutes=1)
