"""Runs begin and end with their alert."""

from datetime import datetime

from oncall.models import Alert, EscalationRun, Page
from oncall.services import runs
from tests.factories.oncall import PageFactory


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
