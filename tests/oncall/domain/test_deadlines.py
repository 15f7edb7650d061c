"""Until when an alert has to be taken on."""

from datetime import UTC, datetime, timedelta

import pytest

from oncall.domain import deadlines

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FIRING = {"status": "firing", "severity": "critical", "started_at": NOON, "held_by": "", "snoozed_until": None}


@pytest.mark.parametrize(("severity", "hours"), [("critical", 0.5), ("warning", 24)])
def test_a_class_has_its_time(severity: str, hours: float) -> None:
    assert deadlines.acknowledge_by(severity, NOON) == NOON + timedelta(hours=hours)


def test_a_ticket_has_no_hurry() -> None:
    assert deadlines.acknowledge_by("info", NOON) is None


@pytest.mark.parametrize(
    "state",
    [{"status": "acknowledged"}, {"held_by": "silenced"}, {"snoozed_until": NOON}],
    ids=["taken", "held", "asleep"],
)
def test_what_waits_for_nobody_has_no_deadline(state: dict[str, object]) -> None:
    assert deadlines.waits_until(**FIRING | state) is None  # type: ignore[arg-type]


def test_what_fires_waits() -> None:
    assert deadlines.waits_until(**FIRING) == NOON + timedelta(minutes=30)  # type: ignore[arg-type]


@pytest.mark.parametrize(("waited", "late"), [(10, None), (420, timedelta(minutes=7))])
def test_what_is_due_is_late_once_it_waits(waited: int, late: timedelta | None) -> None:
    assert deadlines.late_by(NOON, now=NOON + timedelta(seconds=waited)) == late


def test_what_has_no_time_is_never_late() -> None:
    assert deadlines.late_by(None, now=NOON) is None
