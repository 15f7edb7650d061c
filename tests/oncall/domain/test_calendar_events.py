"""Shifts as events: joined where they touch, and with ids that stay."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from oncall.domain import calendar_events
from oncall.domain.calendar_events import Duty

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUTY = Duty("sch_1", "Web", "primary", "usr_1", "Alice", NOON, NOON + HOUR, "https://portal.example.com/")


def test_touching_stretches_of_one_person_are_one_event() -> None:
    second = replace(DUTY, start=DUTY.end, end=DUTY.end + HOUR)
    assert calendar_events.unbroken([second, DUTY]) == [replace(DUTY, end=second.end)]


def test_another_person_role_or_a_gap_is_another_event() -> None:
    others = [replace(DUTY, person_id="usr_2"), replace(DUTY, role="secondary")]
    later = replace(DUTY, start=DUTY.end + HOUR, end=DUTY.end + 2 * HOUR)
    assert len(calendar_events.unbroken([DUTY, *others, later])) == 4


def test_another_end_keeps_the_id() -> None:
    assert replace(DUTY, end=DUTY.end + HOUR).uid == DUTY.uid
    assert replace(DUTY, start=NOON + HOUR).uid != DUTY.uid


def test_the_window_begins_with_a_month_and_stands_still_for_a_day() -> None:
    window = calendar_events.window(NOON)
    assert window == (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 5, tzinfo=UTC))
    assert calendar_events.window(NOON + 6 * HOUR) == window


def test_the_sequence_grows_with_the_change_and_fits() -> None:
    later = calendar_events.sequence(NOON + HOUR)
    assert calendar_events.sequence(NOON) + 60 == later < 2**31
    assert calendar_events.sequence(datetime(2000, 1, 1, tzinfo=UTC)) == 0
