"""Hours and seasons that count, in local time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.schedules import active_minutes, is_active, parse, problems

OFFICE = [{"days": [0, 1, 2, 3, 4], "from": "08:00", "until": "18:00"}]
NIGHT = [{"days": [4], "from": "22:00", "until": "06:00"}]
SEASON = [{"season_from": "12-01", "season_until": "01-06"}]
VIENNA = "Europe/Vienna"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # year, month and day are always given


def test_without_entries_every_minute_counts() -> None:
    assert is_active(parse([], "UTC"), at(2026, 3, 4, 3))


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (at(2026, 3, 4, 6, 59), False),
        (at(2026, 3, 4, 7, 0), True),
        (at(2026, 3, 4, 16, 59), True),
        (at(2026, 3, 4, 17, 0), False),
        (at(2026, 3, 7, 12, 0), False),
    ],
    ids=["before eight", "at eight", "before six", "at six", "Saturday"],
)
def test_office_hours_in_vienna_in_winter(minute: datetime, expected: bool) -> None:
    assert is_active(parse(OFFICE, VIENNA), minute) is expected


def test_eight_stays_eight_over_a_clock_change() -> None:
    office = parse(OFFICE, VIENNA)
    assert [is_active(office, at(2026, 3, 30, 5, 59)), is_active(office, at(2026, 3, 30, 6, 0))] == [False, True]


def test_an_hour_that_the_clocks_skip_is_nobodys() -> None:
    skipped = parse([{"from": "02:00", "until": "03:00"}], VIENNA)
    day = [at(2026, 3, 29) + timedelta(hours=number) for number in range(-1, 23)]
    assert sum(sum(active_minutes(skipped, hour)) for hour in day) == 0


def test_an_hour_that_comes_twice_counts_twice() -> None:
    doubled = parse([{"from": "02:00", "until": "03:00"}], VIENNA)
    day = [at(2026, 10, 25) + timedelta(hours=number) for number in range(-2, 23)]
    assert sum(sum(active_minutes(doubled, hour)) for hour in day) == 120


def test_clocks_that_change_within_an_hour_are_asked_for_each_minute() -> None:
    lord_howe = parse([{"from": "02:00", "until": "02:30"}], "Australia/Lord_Howe")
    changing = at(2026, 10, 3, 15)
    assert sum(active_minutes(lord_howe, changing)) == 0


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    night = parse(NIGHT, "UTC")
    hours = [at(2026, 3, 6, 21), at(2026, 3, 6, 22), at(2026, 3, 7, 5), at(2026, 3, 7, 6), at(2026, 3, 6, 3)]
    assert [is_active(night, hour) for hour in hours] == [False, True, True, False, False]


def test_a_season_goes_over_the_turn_of_the_year() -> None:
    season = parse(SEASON, "UTC")
    days = [at(2025, 11, 30), at(2025, 12, 1), at(2026, 1, 6, 23, 59), at(2026, 1, 7)]
    assert [is_active(season, day) for day in days] == [False, True, True, False]


def test_entries_add_up() -> None:
    both = parse(OFFICE + SEASON, "UTC")
    assert is_active(both, at(2026, 12, 25, 3))
    assert is_active(both, at(2026, 3, 4, 9))


def test_an_entry_with_hours_and_a_season_asks_for_both() -> None:
    busy = parse([OFFICE[0] | SEASON[0]], "UTC")
    assert [is_active(busy, at(2026, 12, 2, 9)), is_active(busy, at(2026, 3, 4, 9))] == [True, False]


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ("always", "A schedule is a list of entries."),
        ([{}], "Entry 1: Give days, from and until, or season_from and season_until."),
        ([{"days": [7]}], "Entry 1: days is a list of numbers from 0 (Monday) to 6 (Sunday)."),
        ([{"days": [True]}], "Entry 1: days is a list of numbers from 0 (Monday) to 6 (Sunday)."),
        ([{"from": "08:00"}], "Entry 1: from and until belong together."),
        ([{"from": "8", "until": "9:00"}], "Entry 1: from is written like 08:00."),
        ([{"from": "08:00", "until": "24:01"}], "Entry 1: until is written like 08:00."),
        ([{"season_from": "02-30", "season_until": "03-01"}], "Entry 1: season_from is written like 12-31."),
        ([{"colour": "red"}], "Entry 1: There is no 'colour'."),
        ([{"from": None, "until": "١٢:00"}], "Entry 1: until is written like 08:00."),
        ([{"days": [0]}] * 51, "A schedule has at most 50 entries."),
    ],
    ids=["text", "empty", "day 7", "day true", "half", "short", "late", "no date", "unknown", "digits", "many"],
)
def test_what_is_no_schedule_is_told(entries: Any, why: str) -> None:
    assert why in problems(entries)


@pytest.mark.parametrize("entries", [[], OFFICE, NIGHT, SEASON], ids=["none", "office", "night", "season"])
def test_what_is_one_is_accepted(entries: Any) -> None:
    assert problems(entries) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["days", "from", "until", "x"]), inner),
    max_leaves=6,
)


@given(json_values)
def test_no_nonsense_breaks_the_check(value: Any) -> None:
    assert isinstance(problems(value), list)


@given(st.integers(0, 10 * 366 * 24 * 60), st.sampled_from(["UTC", VIENNA, "Asia/Kathmandu"]))
def test_a_minute_counts_in_a_schedule_or_in_its_opposite(number: int, zone: str) -> None:
    inside = parse([{"from": "07:30", "until": "19:00"}], zone)
    outside = parse([{"from": "19:00", "until": "07:30"}], zone)
    minute = at(2020, 1, 1) + timedelta(minutes=number)
    assert is_active(inside, minute) is not is_active(outside, minute)
