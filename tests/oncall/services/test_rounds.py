"""Another round for alerts that reached nobody."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert, EscalationRun, Page
from oncall.services import escalations, rounds

MINUTE = timedelta(minutes=1)


@pytest.fixture
def in_vain(fired: Alert, admin_user: Any, now: datetime) -> EscalationRun:
    """The only administrator was asked, and the mail server took nothing."""
    escalations.tick(now=now)
    Page.objects.update(status="failed")
    return fired.runs.get()


def asked(now: datetime, *minutes: int) -> list[int]:
    return [rounds.ask_again_due(now=now + one * MINUTE) for one in minutes]


def test_after_five_minutes_all_are_asked_again(in_vain: EscalationRun, now: datetime) -> None:
    assert asked(now, 4, 5, 5) == [0, 1, 0]
    escalations.tick(now=now + 5 * MINUTE)
    assert list(Page.objects.order_by("pk").values_list("loop", "status")) == [(1, "failed"), (3, "pending")]


def test_nobody_is_asked_again_once_somebody_was_reached(in_vain: EscalationRun, now: datetime) -> None:
    Page.objects.update(status="sent")
    assert asked(now, 5, 60) == [0, 0]


def test_the_pauses_grow_to_an_hour(in_vain: EscalationRun, now: datetime) -> None:
    EscalationRun.objects.update(created_at=now - timedelta(days=2))
    assert asked(now, 59, 60) == [0, 1]


def test_the_history_says_so(in_vain: EscalationRun, now: datetime) -> None:
    asked(now, 5)
    last = in_vain.alert.events.last()
    assert last is not None
    assert last.detail == "Nobody could be reached; all are asked again."
