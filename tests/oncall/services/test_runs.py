"""Runs begin and end with their alert."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import Alert, EscalationRun, Page
from oncall.selectors import lateness
from oncall.services import runs
from tests.factories.oncall import AlertFactory, PageFactory


def test_a_second_start_keeps_the_run(fired: Alert, now: datetime) -> None:
    assert runs.start(alert=fired, now=now) == fired.runs.get()


def test_stopping_leaves_what_was_sent(fired: Alert, now: datetime) -> None:
    for status in (Page.Status.SENT, Page.Status.PENDING):
        PageFactory(run=fired.runs.get(), status=status)
    assert runs.stop(alert=fired, now=now) == 1
    assert list(Page.objects.order_by("pk").values_list("status", flat=True)) == ["sent", "cancelled"]


def test_after_a_stop_a_new_run_may_start(fired: Alert, now: datetime) -> None:
    runs.stop(alert=fired, now=now)
    runs.start(alert=fired, now=now)
    assert EscalationRun.objects.filter(alert=fired).count() == 2


def test_a_run_that_a_clock_ahead_began_is_due_by_the_databases_clock(team: Any) -> None:
    present = lateness.database_now()
    run = runs.start(alert=AlertFactory(team=team), now=present + timedelta(hours=1))
    assert run is not None
    assert run.next_run_at is not None
    assert run.next_run_at - present < timedelta(minutes=1)
