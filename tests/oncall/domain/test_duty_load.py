"""What a month weighs for one person."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import duty_load
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Load, Ring

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
CLOCK = Clock(ZoneInfo("UTC"))
WEEK = (MONDAY, MONDAY + 168 * HOUR)


def duty(begins: int, ends: int, role: str = "primary", rotation: int = 1) -> Duty:
    return Duty(1, rotation, role, MONDAY + begins * HOUR, MONDAY + ends * HOUR)


def rings(*hours: float) -> list[Ring]:
    return [Ring(1, 1, MONDAY + hour * HOUR) for hour in hours]


def loaded(*duties: Duty, called: tuple[float, ...] = (), clock: Clock = CLOCK) -> Load:
    return duty_load.load(duties, rings(*called), clock, *WEEK)


def test_a_week_is_told_by_its_kinds_of_hours() -> None:
    load = loaded(duty(0, 168), clock=Clock(ZoneInfo("UTC"), {date(2026, 3, 4)}))
    hours = [load.hours, load.night, load.weekend, load.holiday, load.longest]
    assert [one / HOUR for one in hours] == [168, 63, 48, 24, 168]


def test_two_rotations_at_once_count_their_hours_once() -> None:
    load = loaded(duty(0, 24), duty(12, 36, "secondary", rotation=2))
    assert (load.hours, load.shifts) == (36 * HOUR, 2)
    assert load.by_role == {"primary": 24 * HOUR, "secondary": 24 * HOUR}


def test_a_shadow_learns_and_carries_nothing() -> None:
    load = loaded(duty(0, 24, "shadow"))
    assert (load.hours, load.shifts, load.by_role) == (timedelta(), 0, {"shadow": 24 * HOUR})


def test_a_shift_counts_where_it_begins_and_its_hours_where_they_are() -> None:
    load = loaded(duty(-24, 24), duty(160, 200))
    assert (load.hours, load.shifts) == (32 * HOUR, 1)


def test_nobody_on_duty_has_no_load() -> None:
    assert loaded() == Load(by_role={})


@pytest.mark.parametrize(
    ("called", "pages", "interrupts", "at_night"),
    [
        ((12, 12.1, 12.4), 3, 1, 0),
        ((12, 12.5), 2, 2, 0),
        ((12, 12.4, 12.8), 3, 2, 0),
        ((2, 2.2, 23), 3, 2, 2),
        ((6.9, 7.1), 2, 1, 1),
        ((-1, 169), 0, 0, 0),
    ],
    ids=["at once", "half an hour", "since the first", "two nights", "into the morning", "outside"],
)
def test_pages_within_half_an_hour_are_one_interrupt(
    called: tuple[float, ...], pages: int, interrupts: int, at_night: int
) -> None:
    load = loaded(called=called)
    assert (load.pages, load.interrupts, load.night_interrupts) == (pages, interrupts, at_night)


def test_pages_at_night_are_counted_each() -> None:
    assert loaded(called=(2, 2.2, 8)).night_pages == 2


@pytest.mark.parametrize(
    ("duties", "called", "expected"),
    [
        ([(0, 12), (23, 35)], (), 0),
        ([(0, 12), (22, 34)], (), 1),
        ([(0, 12), (12, 24)], (), 0),
        ([(0, 168)], (2, 3), 0),
        ([(0, 168)], (2, 9), 1),
        ([(0, 168)], (2, 9, 10), 1),
        ([(0, 168)], (2, 14), 0),
        ([(0, 5), (9, 20)], (4,), 1),
        ([(0, 12), (22, 34)], (2, 9), 2),
    ],
    ids=[
        "eleven hours",
        "ten hours",
        "one stretch",
        "one broken night",
        "called again in the morning",
        "each night once",
        "called after rest",
        "next shift after a night page",
        "both",
    ],
)
def test_rest_below_eleven_hours_is_counted(
    duties: list[tuple[int, int]], called: tuple[float, ...], expected: int
) -> None:
    assert loaded(*(duty(*one) for one in duties), called=called).short_rests == expected


def test_rest_is_judged_across_the_edge_of_the_span() -> None:
    assert loaded(duty(-20, -3), duty(4, 10)).short_rests == 1


def test_touching_stretches_are_one() -> None:
    assert duty_load.held([duty(0, 5), duty(5, 9, "secondary"), duty(1, 20, "shadow")]) == [(MONDAY, MONDAY + 9 * HOUR)]
