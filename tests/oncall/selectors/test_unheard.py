"""Alerts that reached nobody."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert, EscalationRun, Page
from oncall.models.pages import BY_HAND, COPY
from oncall.selectors import unheard
from tests.factories.oncall import AlertFactory, PageFactory, RunFactory


@pytest.fixture
def run(team: Any, now: datetime) -> EscalationRun:
    """All were asked, and the only page failed."""
    ended = {"status": "exhausted", "next_run_at": None, "ended_at": now, "loop": 1}
    made: EscalationRun = RunFactory(alert=AlertFactory(team=team), **ended)
    PageFactory(run=made, loop=1, status="failed")
    return made


def found(now: datetime) -> bool:
    return unheard.unheard(now).exists()


@pytest.mark.parametrize(
    ("page", "is_unheard"),
    [
        ({"loop": 1, "status": "sent"}, False),
        ({"loop": 1, "status": "pending"}, False),
        ({"loop": 0, "status": "sent"}, True),
        ({"loop": 1, "status": "sent", "rule": COPY}, True),
        ({"loop": 7, "step": BY_HAND, "status": "sent"}, False),
    ],
    ids=["sent", "pending", "earlier round", "copy", "by hand"],
)
def test_what_counts_as_heard(run: EscalationRun, now: datetime, page: dict[str, Any], is_unheard: bool) -> None:
    PageFactory(run=run, **page)
    assert found(now) is is_unheard


@pytest.mark.parametrize(
    "facts",
    [{"status": "acknowledged"}, {"held_by": "silenced"}, {"snoozed_until": "2026-03-04T13:00Z"}],
    ids=["acknowledged", "held", "asleep"],
)
def test_whoever_may_be_paged_for_nothing_is_none_of_them(
    run: EscalationRun, now: datetime, facts: dict[str, Any]
) -> None:
    Alert.objects.update(**facts)
    assert not found(now)


def test_a_run_under_way_and_one_by_hand_are_none_of_them(run: EscalationRun, now: datetime) -> None:
    EscalationRun.objects.update(status="active", next_run_at=now + timedelta(minutes=1))
    assert not found(now)
    EscalationRun.objects.update(status="exhausted", snapshot={"format": 2, "steps": [], "is_by_hand": True})
    assert (found(now), Page.objects.count()) == (False, 1)
