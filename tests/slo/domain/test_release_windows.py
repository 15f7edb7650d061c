"""Release windows: local hours, holidays, closed days, clock changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.release_windows import Calendar, Closed, Hours, answer, day_off

WEEK = Calendar("Europe/Vienna", (Hours((0, 1, 2, 3, 4), 600, 960),))
ALWAYS = Calendar("Europe/Vienna", (Hours((0, 1, 2, 3, 4, 5, 6), 0, 1440),))
XMAS = Closed(date(2026, 12, 21), date(2027, 1, 3), "winter freeze")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-03-04T09:59:59+01:00", False),
        ("2026-03-04T10:00:00+01:00", True),
        ("2026-03-04T15:59:59+01:00", True),
        ("2026-03-04T16:00:00+01:00", False),
        ("2026-03-07T12:00:00+01:00", False),
        ("2026-07-01T10:00:00+02:00", True),
        ("2026-07-01T08:30:00+00:00", True),
    ],
)
def test_monday_to_friday_ten_to_four(instant: str, is_open: bool) -> None:
    assert answer(WEEK, at(instant), {}).is_open is is_open


@pytest.mark.parametrize(
    ("instant", "why", "changes_at"),
    [
        ("2026-03-04T12:00+01:00", "inside the release window", "2026-03-04T16:00+01:00"),
        (
            "2026-03-04T08:00+01:00",
            "outside mon, tue, wed, thu, fri 10:00-16:00 (Europe/Vienna)",
            "2026-03-04T10:00+01:00",
        ),
        (
            "2026-03-06T17:00+01:00",
            "outside mon, tue, wed, thu, fri 10:00-16:00 (Europe/Vienna)",
            "2026-03-09T10:00+01:00",
        ),
        ("2026-03-28T12:00+01:00", "no release window on a Saturday", "2026-03-30T10:00+02:00"),
    ],
    ids=["open", "in the morning", "on Friday evening", "over the clock change"],
)
def test_it_says_why_and_until_when(instant: str, why: str, changes_at: str) -> None:
    found = answer(WEEK, at(instant), {})
    assert (found.why, found.changes_at) == (why, at(changes_at))


def test_holidays_close_it() -> None:
    found = answer(WEEK, at("2026-10-26T12:00+01:00"), {date(2026, 10, 26): "National Day"})
    assert (found.is_open, found.why) == (False, "closed: National Day")
    assert found.changes_at == at("2026-10-27T10:00+01:00")


def test_closed_days_of_its_own_include_both_ends() -> None:
    calendar = replace(WEEK, closed=(XMAS,))
    days = [date(2026, 12, 20), date(2026, 12, 21), date(2027, 1, 3), date(2027, 1, 4)]
    assert [day_off(calendar, day, {}) for day in days] == ["", "winter freeze", "winter freeze", ""]
    assert answer(calendar, at("2026-12-28T12:00+01:00"), {}).changes_at == at("2027-01-04T10:00+01:00")


def test_the_day_is_the_local_one() -> None:
    tokyo = Calendar("Asia/Tokyo", (Hours((0,), 0, 600),))
    assert answer(tokyo, datetime(2026, 3, 1, 16, tzinfo=UTC), {}).is_open


def test_hours_that_touch_at_midnight_are_one_span() -> None:
    nights = Calendar("UTC", (Hours((0,), 1320, 1440), Hours((1,), 0, 120)))
    found = answer(nights, datetime(2026, 3, 2, 23, tzinfo=UTC), {})
    assert found.changes_at == datetime(2026, 3, 3, 2, tzinfo=UTC)


def test_a_window_that_never_closes_or_never_opens_says_no_time() -> None:
    never = replace(ALWAYS, closed=(Closed(date(2026, 1, 1), date(2030, 1, 1), "sunset"),))
    assert answer(ALWAYS, at("2026-03-04T12:00+01:00"), {}).changes_at is None
    assert answer(never, at("2026-03-04T12:00+01:00"), {}).changes_at is None


@given(minutes=st.integers(0, 60 * 24 * 365))
def test_at_the_time_it_names_the_answer_changes_and_not_before(minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = answer(WEEK, now, {})
    assert found.changes_at is not None
    assert found.changes_at > now
    assert answer(WEEK, found.changes_at, {}).is_open is not found.is_open
    assert answer(WEEK, found.changes_at - timedelta(microseconds=1), {}).is_open is found.is_open


def test_hours_read_as_people_write_them() -> None:
    assert Hours((0, 4), 570, 1440).words == "mon, fri 09:30-24:00"
