"""Bars of shifts on one axis of time."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import timelines
from oncall.domain.resolver import Segment

START = datetime(2026, 3, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = 24 * HOUR
BERLIN = ZoneInfo("Europe/Berlin")


def segment(start: int, end: int, *people: str, role: str = "primary", source: str = "rotation") -> Segment:
    return Segment(START + start * HOUR, START + end * HOUR, role, people, source if people else "gap")


def test_the_axis_begins_beside_the_names_and_ends_at_the_edge() -> None:
    scale = timelines.Scale(START, START + 14 * DAY)
    assert (scale.x(START), scale.x(START + 7 * DAY), scale.x(START + 14 * DAY)) == (112, 556, 1000)


def test_what_lies_outside_is_held_to_the_ends() -> None:
    scale = timelines.Scale(START, START + DAY)
    assert (scale.x(START - DAY), scale.x(START + 3 * DAY)) == (112, 1000)


def test_ticks_are_local_midnights_also_where_the_clock_moves() -> None:
    start = timelines.midnight(date(2026, 3, 28), BERLIN)
    ticks = timelines.Scale(start, start + timedelta(days=3)).ticks(BERLIN)
    widths = [round(after.x - before.x) for before, after in itertools.pairwise(ticks)]
    assert [tick.label for tick in ticks] == ["Sat 28", "Sun 29", "Mon 30", "Tue 31"]
    assert widths == [296, 284, 296]


def test_three_months_have_a_tick_for_each_monday() -> None:
    ticks = timelines.Scale(START, START + 91 * DAY).ticks(BERLIN)
    assert (len(ticks), ticks[0].label, {tick.day.weekday() for tick in ticks}) == (13, "30 Mar", {0})


def test_a_month_names_its_mondays_and_firsts() -> None:
    labels = [tick.label for tick in timelines.Scale(START, START + 30 * DAY).ticks(ZoneInfo("UTC"))]
    assert [label for label in labels if label] == ["23 Mar", "30 Mar", "1 Apr", "6 Apr", "13 Apr", "20 Apr"]


@pytest.mark.parametrize(
    ("role", "source", "kind"),
    [
        ("primary", "rotation", "shift"),
        ("primary", "override", "override"),
        ("secondary", "swap", "swap"),
        ("shadow", "rotation", "shadow"),
    ],
)
def test_a_bar_tells_what_it_is(role: str, source: str, kind: str) -> None:
    assert timelines.kind_of(segment(0, 1, "anna", role=role, source=source)) == kind


def test_where_nobody_is_only_gaps_are_gaps() -> None:
    found = timelines.pieces([segment(0, 9)], [segment(2, 4), segment(0, 9, role="secondary")])
    assert [(one.kind, (one.end - one.start) / HOUR) for one in found] == [("intended", 2), ("gap", 2), ("intended", 5)]


def test_people_are_never_a_gap() -> None:
    [one] = timelines.pieces([segment(0, 9, "anna")], [])
    assert (one.kind, one.people) == ("shift", ("anna",))


@pytest.mark.parametrize(
    ("width", "shown"), [(200, "Anna Berg"), (50, "Anna"), (26, "AB"), (12, "")], ids=["whole", "first", "two", "none"]
)
def test_a_name_is_cut_to_its_bar(width: float, shown: str) -> None:
    assert timelines.fitting("Anna Berg", width) == shown


def test_the_day_is_that_on_the_wall() -> None:
    assert timelines.local_day(datetime(2026, 3, 22, 23, 30, tzinfo=UTC), BERLIN) == date(2026, 3, 23)
