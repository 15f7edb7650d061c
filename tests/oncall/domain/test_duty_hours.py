"""Hours of duty by kind, on clocks that move."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import duty_hours, restrictions
from oncall.domain.duty_hours import Clock, total

HOUR = timedelta(hours=1)
VIENNA = ZoneInfo("Europe/Vienna")
OFFICE = (restrictions.between(range(5), time(9), time(17)),)


def week_from(year: int, month: int, day: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From a Monday, 09:00 on the wall, to the next."""
    begins = datetime(year, month, day, 9, tzinfo=zone)
    return begins.astimezone(UTC), (begins + timedelta(weeks=1)).astimezone(UTC)


@pytest.mark.parametrize(
    ("first", "zone", "hours", "nights", "weekend"),
    [
        ((2026, 3, 2), "Europe/Vienna", 168, 63, 48),
        ((2026, 3, 23), "Europe/Vienna", 167, 62, 47),
        ((2026, 10, 19), "Europe/Vienna", 169, 64, 49),
        ((2026, 3, 30), "Australia/Lord_Howe", Fraction(337, 2), Fraction(127, 2), Fraction(97, 2)),
        ((2026, 8, 31), "America/Santiago", 167, 62, 47),
        ((2011, 12, 26), "Pacific/Apia", 144, 54, 48),
    ],
    ids=["plain", "spring", "autumn", "half an hour", "no midnight", "a day that was skipped"],
)
def test_a_week_has_the_hours_that_the_clock_gave_it(
    first: tuple[int, int, int], zone: str, hours: int, nights: int, weekend: int
) -> None:
    start, end = week_from(*first, ZoneInfo(zone))
    clock = Clock(ZoneInfo(zone))
    found = (end - start, total(clock.nights(start, end)), total(clock.weekends(start, end)))
    assert found == tuple(float(one) * HOUR for one in (hours, nights, weekend))


def test_every_hour_is_of_one_class() -> None:
    start, end = week_from(2026, 3, 30, VIENNA)
    clock = Clock(VIENNA, {date(2026, 4, 3), date(2026, 4, 4)})
    classes = clock.classes([(start, end)])
    assert {name: total(part) / HOUR for name, part in classes.items()} == {
        "holiday": 48,
        "weekend": 24,
        "night": 36,
        "weekday": 60,
    }


def test_no_duty_is_of_no_class() -> None:
    assert Clock(VIENNA).classes([]) == {"holiday": [], "weekend": [], "night": [], "weekday": []}


def test_nobody_works_on_a_holiday() -> None:
    start, end = week_from(2026, 3, 2, VIENNA)
    assert total(Clock(VIENNA, working=OFFICE).working_time(start, end)) == 40 * HOUR
    assert total(Clock(VIENNA, {date(2026, 3, 4)}, OFFICE).working_time(start, end)) == 32 * HOUR


def test_an_empty_span_has_nothing() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    clock = Clock(VIENNA, {date(2026, 3, 2)})
    assert clock.nights(at, at) == clock.days_off(at, at) == []


def test_dates_are_those_of_the_clock_and_the_last_instant_does_not_count() -> None:
    start, end = datetime(2026, 3, 2, 23, 30, tzinfo=UTC), datetime(2026, 3, 3, 23, tzinfo=UTC)
    assert Clock(VIENNA).dates([(start, end)]) == [date(2026, 3, 3)]


@pytest.mark.parametrize("first", [(2026, 3, 2), (2026, 3, 23), (2026, 10, 19)], ids=["plain", "spring", "autumn"])
def test_a_week_fills_seven_days_whatever_the_clock_does(first: tuple[int, int, int]) -> None:
    assert duty_hours.day_share([week_from(*first, VIENNA)], Clock(VIENNA)) == 7


def test_an_instant_at_the_end_is_outside() -> None:
    start, end = week_from(2026, 3, 2, VIENNA)
    assert duty_hours.inside(start, [(start, end)])
    assert not duty_hours.inside(end, [(start, end)])


def test_a_week_begins_on_its_monday() -> None:
    assert {duty_hours.monday_of(date(2026, 3, day)) for day in range(2, 9)} == {date(2026, 3, 2)}
