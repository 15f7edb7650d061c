"""Spans that come again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.recurrences import MOST, BadRecurrence, Recurrence, Span, check, occurrences

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WEEKLY = Recurrence(Span(MONDAY, MONDAY + 2 * HOUR), "FREQ=WEEKLY;BYDAY=MO", "Europe/Vienna")


def starts(recurrence: Recurrence, start: datetime, end: datetime) -> list[datetime]:
    return [span.start for span in occurrences(recurrence, start, end)]


def test_one_span_is_found_where_it_is() -> None:
    once = Recurrence(Span(MONDAY, MONDAY + HOUR))
    assert starts(once, MONDAY - DAY, MONDAY + DAY) == [MONDAY]


@pytest.mark.parametrize("offset", [-HOUR, HOUR])
def test_one_span_that_only_touches_is_not_found(offset: timedelta) -> None:
    once = Recurrence(Span(MONDAY, MONDAY + HOUR))
    assert starts(once, MONDAY + offset, MONDAY + offset + HOUR) == []


def test_a_weekly_span_comes_again_each_week() -> None:
    assert starts(WEEKLY, MONDAY, MONDAY + 15 * DAY) == [MONDAY, MONDAY + 7 * DAY, MONDAY + 14 * DAY]


def test_nine_oclock_stays_nine_oclock_when_the_clocks_change() -> None:
    after_the_change = MONDAY + 28 * DAY
    assert starts(WEEKLY, after_the_change - DAY, after_the_change + DAY) == [after_the_change - HOUR]


def test_a_span_that_began_before_the_look_is_found() -> None:
    assert starts(WEEKLY, MONDAY + HOUR, MONDAY + 3 * HOUR) == [MONDAY]


def test_nothing_comes_before_the_first() -> None:
    assert starts(WEEKLY, MONDAY - 30 * DAY, MONDAY) == []


def test_a_rule_ends_by_its_count() -> None:
    twice = Recurrence(WEEKLY.first, "FREQ=DAILY;COUNT=2")
    assert starts(twice, MONDAY, MONDAY + 30 * DAY) == [MONDAY, MONDAY + DAY]


def test_a_rule_ends_at_its_until() -> None:
    until = Recurrence(WEEKLY.first, "FREQ=DAILY;UNTIL=20260304T235959Z")
    assert len(starts(until, MONDAY, MONDAY + 30 * DAY)) == 3


def test_a_skipped_local_time_begins_later() -> None:
    first = datetime(2026, 3, 27, 1, 30, tzinfo=UTC)
    nightly = Recurrence(Span(first, first + HOUR), "FREQ=DAILY", "Europe/Vienna")
    assert starts(nightly, first + 2 * DAY - HOUR, first + 2 * DAY + HOUR) == [datetime(2026, 3, 29, 1, 30, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("FREQ=SOMETIMES", "no rule"),
        ("nonsense", "no rule"),
        ("FREQ=HOURLY", "yearly, monthly, weekly or daily"),
        ("DTSTART:20260101T000000", "one rule alone"),
        ("FREQ=DAILY;INTERVAL=x", "no rule"),
    ],
)
def test_a_rule_that_is_none_is_refused(rule: str, message: str) -> None:
    with pytest.raises(BadRecurrence, match=message):
        check(Recurrence(WEEKLY.first, rule))


def test_a_rule_without_a_step_is_refused() -> None:
    with pytest.raises(BadRecurrence, match="INTERVAL is at least 1"):
        check(Recurrence(WEEKLY.first, "FREQ=DAILY;INTERVAL=0"))


def test_a_rule_that_never_comes_again_is_not_looked_for_without_end() -> None:
    never = Recurrence(WEEKLY.first, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert starts(never, MONDAY, MONDAY + 365 * DAY) == []


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(BadRecurrence, match="no zone 'Mars/Olympus'"):
        check(Recurrence(WEEKLY.first, "", "Mars/Olympus"))


def test_a_span_without_length_is_refused() -> None:
    with pytest.raises(BadRecurrence, match="after the start"):
        check(Recurrence(Span(MONDAY, MONDAY)))


def test_a_span_that_overlaps_itself_is_refused() -> None:
    with pytest.raises(BadRecurrence, match="longer"):
        check(Recurrence(Span(MONDAY, MONDAY + 2 * DAY), "FREQ=DAILY"))


def test_a_look_too_far_is_refused_and_not_cut_short() -> None:
    daily = Recurrence(WEEKLY.first, "FREQ=DAILY")
    with pytest.raises(BadRecurrence, match=str(MOST)):
        occurrences(daily, MONDAY, MONDAY + 20 * 365 * DAY)


@given(st.integers(0, 400), st.integers(0, 100), st.integers(0, 100))
def test_two_looks_side_by_side_find_what_one_finds(offset: int, left: int, right: int) -> None:
    start = MONDAY + offset * HOUR
    middle, end = start + left * HOUR, start + (left + right) * HOUR
    apart = set(starts(WEEKLY, start, middle)) | set(starts(WEEKLY, middle, end))
    assert apart == set(starts(WEEKLY, start, end))


@pytest.mark.parametrize("rule", ["YEARLY;BYMONTH=2;BYMONTHDAY=30", "MONTHLY;BYMONTH=4;BYMONTHDAY=31"])
def test_a_rule_that_never_comes_is_refused(rule: str) -> None:
    with pytest.raises(BadRecurrence, match="never comes"):
        check(Recurrence(WEEKLY.first, f"FREQ={rule}"))


@pytest.mark.parametrize("year", [1900, 2026, 2199])
def test_leap_days_and_weekdays_are_those_of_their_years(year: int) -> None:
    first = datetime(year, 3, 1, 8, tzinfo=UTC)
    rule = Recurrence(Span(first, first + HOUR), "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU")
    expected = [day for n in range(19 * 365) if (day := first + n * DAY).strftime("%a%d%m") == "Tue2902"]
    assert starts(rule, first, first + 19 * 365 * DAY) == expected
