"""Rolling days and calendar periods of a zone: no gap, no overlap, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.periods import Window, calendar_period
from slo.domain.windows import DAY, HOUR, MINUTE, floor_to

UNITS = ["week", "month", "quarter", "year"]
ZONES = ["UTC", "Europe/Vienna", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana"]
MINUTES = st.integers(0, 60 * 24 * 3650).map(lambda count: datetime(2020, 1, 1, tzinfo=UTC) + count * MINUTE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def period(minute: str, unit: str, zone: str = "UTC") -> tuple[str, str]:
    start, end = calendar_period(at(minute), unit, zone)
    return (f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}")


@pytest.mark.parametrize(
    ("unit", "start", "end"),
    [
        ("week", "2026-03-02T00:00", "2026-03-09T00:00"),
        ("month", "2026-03-01T00:00", "2026-04-01T00:00"),
        ("quarter", "2026-01-01T00:00", "2026-04-01T00:00"),
        ("year", "2026-01-01T00:00", "2027-01-01T00:00"),
    ],
)
def test_the_period_of_a_minute(unit: str, start: str, end: str) -> None:
    assert period("2026-03-04T12:30", unit) == (start, end)


def test_a_local_period_begins_at_local_midnight() -> None:
    assert period("2026-03-04T12:30", "month", "America/New_York") == ("2026-03-01T05:00", "2026-04-01T04:00")


def test_a_month_with_the_change_to_summer_time_is_an_hour_shorter() -> None:
    start, end = calendar_period(at("2026-03-04T12:30"), "month", "Europe/Vienna")
    assert end - start == 31 * DAY - HOUR


def test_a_week_with_the_change_to_winter_time_is_an_hour_longer() -> None:
    start, end = calendar_period(at("2026-10-23T12:30"), "week", "Europe/Vienna")
    assert end - start == 7 * DAY + HOUR


def test_where_the_clocks_skip_midnight_the_day_begins_after_the_gap() -> None:
    """Santiago went from 23:59 to 01:00 at the end of Saturday, 2 September 2023, and its Sunday began at 04:00 UTC."""
    local = datetime(2023, 9, 3, 4, 0, tzinfo=UTC).astimezone(ZoneInfo("America/Santiago"))
    assert (local.day, local.hour) == (3, 1)
    assert period("2023-09-02T12:00", "week", "America/Santiago") == ("2023-08-28T04:00", "2023-09-04T03:00")


def test_where_midnight_comes_twice_the_first_one_counts() -> None:
    """Havana's clocks went from 01:00 back to 00:00 on Sunday, 1 November 2020: the month began at 04:00 UTC."""
    assert period("2020-11-05T00:00", "month", "America/Havana") == ("2020-11-01T04:00", "2020-12-01T05:00")


def test_a_boundary_between_full_hours_begins_at_the_full_hour_before() -> None:
    assert period("2026-03-04T12:30", "month", "Asia/Kolkata") == ("2026-02-28T18:00", "2026-03-31T18:00")
    assert period("2026-03-31T18:10", "month", "Asia/Kolkata") == ("2026-03-31T18:00", "2026-04-30T18:00")


@settings(max_examples=150)
@given(MINUTES, st.sampled_from(UNITS), st.sampled_from(ZONES))
def test_a_period_holds_its_minute_and_lies_on_full_hours(minute: datetime, unit: str, zone: str) -> None:
    start, end = calendar_period(minute, unit, zone)
    assert start <= minute < end
    assert (floor_to(start, HOUR), floor_to(end, HOUR)) == (start, end)


@settings(max_examples=150)
@given(MINUTES, st.sampled_from(UNITS), st.sampled_from(ZONES))
def test_periods_lie_side_by_side(minute: datetime, unit: str, zone: str) -> None:
    start, end = calendar_period(minute, unit, zone)
    assert calendar_period(end, unit, zone)[0] == end
    assert calendar_period(start - MINUTE, unit, zone)[1] == start


@settings(max_examples=80)
@given(MINUTES, st.sampled_from(ZONES))
def test_the_months_of_a_quarter_fill_it(minute: datetime, zone: str) -> None:
    start, end = calendar_period(minute, "quarter", zone)
    months = [calendar_period(start, "month", zone)]
    while months[-1][1] < end:
        months.append(calendar_period(months[-1][1], "month", zone))
    assert (len(months), months[-1][1]) == (3, end)


def test_the_last_minute_of_a_period_still_stands_for_the_whole_of_it() -> None:
    window = Window(unit="month")
    assert window.span(at("2026-04-01T00:00")) == (at("2026-03-01T00:00"), at("2026-04-01T00:00"))
    assert window.span(at("2026-04-01T00:01")) == (at("2026-04-01T00:00"), at("2026-04-01T00:01"))


def test_a_calendar_window_is_over_with_its_period() -> None:
    assert Window(unit="week").bounds(at("2026-03-04T12:30")) == (at("2026-03-02T00:00"), at("2026-03-09T00:00"))


@pytest.mark.parametrize(("days", "start"), [(1, "2026-03-03T12:20"), (3, "2026-03-01T12:20"), (4, "2026-02-28T12:00")])
def test_rolling_windows_over_three_days_begin_at_the_full_hour(days: int, start: str) -> None:
    end = at("2026-03-04T12:20")
    assert Window(days).span(end) == Window(days).bounds(end) == (at(start), end)


@pytest.mark.parametrize(
    ("window", "days", "text"),
    [
        (Window(1), 1, "1 day"),
        (Window(366), 366, "366 days"),
        (Window(unit="week"), 7, "calendar week in UTC"),
        (Window(unit="month", zone="Asia/Tokyo"), 30, "calendar month in Asia/Tokyo"),
        (Window(unit="quarter"), 91, "calendar quarter in UTC"),
        (Window(unit="year"), 365, "calendar year in UTC"),
    ],
    ids=["day", "366", "week", "month", "quarter", "year"],
)
def test_the_length_that_thresholds_scale_by(window: Window, days: int, text: str) -> None:
    assert (window.nominal, window.text) == (timedelta(days=days), text)
