"""Gaps, load and handoffs of resolved segments."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import coverage
from oncall.domain.resolver import Segment

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SEGMENTS = [
    Segment(START, START + DAY, "primary", ("anna",), "rotation"),
    Segment(START + DAY, START + 3 * DAY, "primary", (), "gap"),
    Segment(START, START + 3 * DAY, "secondary", ("ben", "anna"), "rotation"),
]


def test_what_nobody_holds_is_a_gap() -> None:
    assert coverage.gaps(SEGMENTS) == [SEGMENTS[1]]


def test_load_is_counted_per_person_and_role() -> None:
    anna, ben = coverage.load(SEGMENTS)
    assert (anna.person, anna.shifts, anna.total, anna.by_role["primary"]) == ("anna", 2, 4 * DAY, DAY)
    assert (ben.person, ben.by_role) == ("ben", {"secondary": 3 * DAY})


def test_nights_and_weekends_are_counted_on_the_clock_of_the_zone_and_not_for_shadows() -> None:
    friday = datetime(2026, 3, 6, 8, tzinfo=UTC)
    held = [Segment(friday, friday + 3 * DAY, role, (role,), "week") for role in ("primary", "shadow")]
    primary, shadow = coverage.load(held, ZoneInfo("Europe/Berlin"))
    assert (primary.nights, primary.weekends, primary.night, primary.weekend) == (3, 1, 27 * HOUR, 48 * HOUR)
    assert (shadow.total, shadow.nights, shadow.weekends) == (3 * DAY, 0, 0)


def test_the_day_shift_of_a_week_has_no_nights() -> None:
    days = [
        Segment(START + day * DAY + 6 * HOUR, START + day * DAY + 18 * HOUR, "primary", ("anna",), "day")
        for day in range(7)
    ]
    [anna] = coverage.load(days)
    assert (anna.nights, anna.night, anna.weekends, anna.weekend) == (0, 7 * HOUR, 1, 24 * HOUR)


def test_the_next_handoff_comes_after_now() -> None:
    assert coverage.next_handoff(SEGMENTS, START) == START + DAY
    assert coverage.next_handoff(SEGMENTS, START + DAY) is None


@pytest.mark.parametrize(
    ("people", "words"), [("a", "Only 1 person shares"), ("ab", "Only 2 people share"), ("abc", "")]
)
def test_fewer_than_three_people_are_too_few(people: str, words: str) -> None:
    assert coverage.too_few(people).startswith(words)
    assert bool(coverage.too_few(people)) == bool(words)
