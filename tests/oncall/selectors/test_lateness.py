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


@pytest.mark.parametrize("facts", ["held_until", "snoozed_until"])
def test_a_silence_that_nobody_ends_is_late(fired: Alert, now: datetime, facts: str) -> None:
    held = {"held_by": "silenced"} if facts == "held_until" else {}
    EscalationRun.objects.update(status="stopped", next_run_at=None)
    Alert.objects.update(**held, **{facts: now})
    assert lateness.lateness(now + 61 * SECOND) == 61 * SECOND


def test_readiness_is_judged_by_the_databases_clock(fired: Alert) -> None:
    ahead = lateness.database_now() + timedelta(hours=1)
    EscalationRun.objects.update(next_run_at=ahead - timedelta(minutes=30))
    assert lateness.problem(ahead) is None


def test_due_now_is_never_later_than_the_databases_clock(db: None, now: datetime) -> None:
    present = lateness.database_now()
    assert lateness.due_from(now) == min(now, present)
    assert lateness.due_from(present + timedelta(hours=1)) - present < timedelta(minutes=1)
