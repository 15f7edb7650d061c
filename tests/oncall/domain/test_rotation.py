"""Turns in local wall-clock time, over moved clocks and short months."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import rotation
from oncall.domain.rotation import Rotation

BERLIN = ZoneInfo("Europe/Berlin")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def starts(turns: Rotation, start: str, end: str) -> list[str]:
    """The beginnings of turns in UTC, as text."""
    found = turns.turns(local(start).replace(tzinfo=UTC), local(end).replace(tzinfo=UTC))
    return [f"{begins:%m-%d %H:%M}" for begins, _ in found]


def test_a_weekly_handoff_stays_at_nine_when_the_clock_is_moved() -> None:
    weekly = Rotation("weekly", 1, local("2026-03-16T09:00"), BERLIN)
    assert starts(weekly, "2026-03-16T08:00", "2026-04-06T00:00") == ["03-16 08:00", "03-23 08:00", "03-30 07:00"]


def test_hourly_turns_align_to_the_wall_clock_over_a_gap() -> None:
    hourly = Rotation("hourly", 1, local("2026-03-29T00:00"), BERLIN)
    assert starts(hourly, "2026-03-29T00:00", "2026-03-29T03:00") == ["03-29 00:00", "03-29 01:00", "03-29 02:00"]


def test_an_hour_that_exists_twice_is_one_long_turn() -> None:
    hourly = Rotation("hourly", 1, local("2026-10-25T00:00"), BERLIN)
    assert starts(hourly, "2026-10-25T00:00", "2026-10-25T02:30") == ["10-25 00:00", "10-25 02:00"]


def test_a_skipped_day_swallows_its_turn() -> None:
    daily = Rotation("daily", 1, local("2011-12-28T09:00"), ZoneInfo("Pacific/Apia"))
    found = starts(daily, "2011-12-28T19:00", "2012-01-01T00:00")
    assert found == ["12-28 19:00", "12-29 19:00", "12-30 10:00", "12-30 19:00", "12-31 19:00"]


def test_monthly_turns_end_with_short_months() -> None:
    monthly = Rotation("monthly", 1, local("2026-01-31T00:00"), ZoneInfo("UTC"))
    assert starts(monthly, "2026-01-31T00:00", "2026-05-01T00:00") == [
        "01-31 00:00",
        "02-28 00:00",
        "03-31 00:00",
        "04-30 00:00",
    ]


def test_leap_years_have_a_longer_february() -> None:
    monthly = Rotation("monthly", 1, local("2028-01-30T00:00"), ZoneInfo("UTC"))
    assert starts(monthly, "2028-02-20T00:00", "2028-03-01T00:00")[-1] == "02-29 00:00"


def test_turns_before_the_first_have_negative_numbers() -> None:
    weekly = Rotation("weekly", 2, local("2026-03-16T09:00"), BERLIN)
    assert weekly.turn_at(datetime(2026, 3, 1, tzinfo=UTC)) == -2


def test_the_turn_that_begins_at_an_instant_is_running_at_it() -> None:
    weekly = Rotation("weekly", 1, local("2026-03-16T09:00"), BERLIN)
    at = weekly.turn_start(5)
    assert [weekly.turn_at(at), weekly.turn_at(at - timedelta(microseconds=1))] == [5, 4]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-03-04T12:00", date(2026, 3, 2)),
        ("2026-03-02T09:00", date(2026, 3, 2)),
        ("2026-03-02T08:59", date(2026, 2, 23)),
    ],
)
def test_the_last_handoff_is_at_or_before_now(now: str, day: date) -> None:
    assert rotation.last_handoff(local(now), 0, time(9)) == day
