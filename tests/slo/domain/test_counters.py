from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.counters import STALE, Samples, increases, minute_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
API = {"job": "api", "instance": "a:80"}


def series(points: list[tuple[int, int]], **labels: str) -> Samples:
    """Samples at seconds after noon."""
    return Samples(API | labels, [(NOON + at * SECOND, value) for at, value in points])


def grown(*found: Samples, minutes: int = 30) -> list[tuple[int, int]]:
    """(minute after noon, growth) as counted."""
    counted = increases(found, NOON, NOON + minutes * MINUTE)
    return [((minute - NOON) // MINUTE, value) for minute, value in counted.items()]


@pytest.mark.parametrize(
    ("seconds", "minute"), [(0, -1), (1, 0), (60, 0), (60.001, 1)], ids=["full", "open", "next full", "after"]
)
def test_a_sample_on_the_full_minute_tells_of_the_minute_before(seconds: float, minute: int) -> None:
    assert minute_of(NOON + seconds * SECOND) == NOON + minute * MINUTE


def test_growth_belongs_to_the_minute_of_the_later_sample() -> None:
    assert grown(series([(-15, 100), (15, 110), (45, 130), (75, 131)])) == [(0, 30), (1, 1)]


def test_the_first_sample_is_only_where_counting_begins() -> None:
    assert grown(series([(15, 100)])) == []


def test_a_fall_is_a_reset_to_zero() -> None:
    assert grown(series([(15, 100), (30, 7), (45, 9)])) == [(0, 9)]


def test_nothing_is_extrapolated() -> None:
    assert grown(series([(10, 0), (25, 1), (40, 2), (55, 3)])) == [(0, 3)]


def test_a_counter_that_rests_is_measured() -> None:
    assert grown(series([(15, 5), (45, 5)])) == [(0, 0)]


def test_a_series_born_on_a_scraped_target_began_at_zero() -> None:
    errors = series([(75, 1), (135, 3)], code="500")
    assert grown(series([(15, 9), (75, 9), (135, 9)], code="200"), errors) == [(1, 1), (2, 2)]


def test_a_series_of_an_unknown_target_begins_where_it_is_seen() -> None:
    lone = Samples({"code": "500"}, [(NOON + 75 * SECOND, 1000)])
    assert grown(series([(15, 9), (75, 9)]), lone) == [(1, 0)]


def test_a_gap_longer_than_stale_has_no_minute() -> None:
    gap = int(STALE.total_seconds()) + 1
    assert grown(series([(15, 0), (15 + gap, 500), (30 + gap, 501)])) == [(5, 1)]


def test_a_gap_of_exactly_stale_is_bridged() -> None:
    assert grown(series([(15, 0), (315, 500)])) == [(5, 500)]


def test_series_add_up() -> None:
    assert grown(series([(15, 0), (45, 3)], code="200"), series([(15, 0), (45, 4)], code="500")) == [(0, 7)]


def test_only_the_span_is_answered() -> None:
    assert grown(series([(15, 0), (45, 3), (75, 4)]), minutes=1) == [(0, 3)]


Steps = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 50)), max_size=20)


def points_of(steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    points = [(1, 0)]
    for seconds, step in steps:
        points.append((points[-1][0] + seconds, points[-1][1] + step))
    return points


@settings(max_examples=30)
@given(Steps)
def test_the_minutes_sum_to_what_the_counter_grew(steps: list[tuple[int, int]]) -> None:
    points = points_of(steps)
    counted = increases([series(points)], NOON, NOON + 300 * MINUTE)
    assert sum(counted.values()) == points[-1][1]


@settings(max_examples=30)
@given(Steps, st.integers(1, 100))
def test_a_minute_says_the_same_in_any_span(steps: list[tuple[int, int]], cut: int) -> None:
    found = [series(points_of(steps))]
    middle, end = NOON + cut * MINUTE, NOON + 300 * MINUTE
    reach = [Samples(API, [point for point in found[0].points if point[0] > middle - STALE])]
    parts = increases(found, NOON, middle) | increases(reach, middle, end)
    assert parts == increases(found, NOON, end)
