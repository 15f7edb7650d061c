"""Minutes of streams that follow from minutes of other SLIs (field notes: occurrences, time slices, ratio slices)."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.budgets import Counts
from slo.domain.corrections import Effect
from slo.domain.previews import Method
from slo.domain.schedules import parse
from slo.domain.streams import SCALE, MinuteRow, Part, Recipe, Sources, Unit, composed, minute_of, recipe_of, rescaled
from slo.domain.windows import MINUTE

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
STREAM = 99


def recipe(**fields: Any) -> Recipe:
    return Recipe(**{"parts": (Part(1),)} | fields)


def row(good: int, total: int, *, sli: int = 1, at: int = 0, measured: bool = True) -> MinuteRow:
    return MinuteRow(sli, NOON + at * MINUTE, good, total, measured)


def minute(one: Recipe, *rows: MinuteRow, at: int = 0, effect: Effect | None = None) -> tuple[int, int, bool] | None:
    found = minute_of(one, STREAM, NOON + at * MINUTE, Sources(rows), effect)
    return None if found is None else (found.good, found.total, found.measured)


SLICES = recipe(method=Method.TIMESLICES, slice_target=Fraction(95, 100))
RATIOS = recipe(method=Method.RATIO_TIMESLICES)
COMPOSITE = recipe(parts=(Part(1, weight=3), Part(2, weight=1)), is_composite=True)


@pytest.mark.parametrize(
    ("one", "good", "total", "expected"),
    [
        (recipe(), 7, 9, (7, 9, True)),
        (SLICES, 95, 100, (1, 1, True)),
        (SLICES, 94, 100, (0, 1, True)),
        (SLICES, 0, 0, (0, 0, True)),
        (RATIOS, 1, 3, (333333333, SCALE, True)),
        (RATIOS, 0, 0, (0, 0, True)),
        (recipe(category="throughput", threshold=Fraction(10)), 0, 10, (1, 1, True)),
        (recipe(category="throughput", threshold=Fraction(10)), 9, 9, (0, 1, True)),
        (recipe(category="throughput", threshold=Fraction(10)), 0, 0, (0, 1, True)),
    ],
    ids=["plain", "at target", "below", "idle slice", "third", "idle ratio", "busy", "slow", "silent"],
)
def test_a_minute_by_its_method(one: Recipe, good: int, total: int, expected: tuple[int, int, bool]) -> None:
    assert minute(one, row(good, total)) == expected


def test_what_was_not_measured_stays_unmeasured() -> None:
    assert minute(SLICES) is None
    assert minute(SLICES, row(0, 0, measured=False)) == (0, 0, False)


@pytest.mark.parametrize(("age", "good"), [(0, 1), (2, 1), (3, 0)], ids=["now", "at the limit", "too old"])
def test_freshness_asks_how_old_the_last_good_event_is(age: int, good: int) -> None:
    fresh = recipe(category="freshness", threshold=Fraction(120))
    assert minute(fresh, row(1, 1), row(0, 1, at=age) if age else row(1, 1), at=age) == (good, 1, True)


def test_a_composite_is_the_weighted_mean_of_its_parts() -> None:
    assert minute(COMPOSITE, row(1, 1), row(0, 1, sli=2)) == (750_000_000, SCALE, True)


def test_a_part_without_events_has_no_say() -> None:
    assert minute(COMPOSITE, row(0, 0), row(1, 2, sli=2)) == (SCALE // 2, SCALE, True)
    assert minute(COMPOSITE, row(0, 0)) == (0, 0, True)
    assert minute(COMPOSITE) is None


def test_a_part_that_is_measured_rarely_stands_until_it_is_again() -> None:
    slow = recipe(parts=(Part(1), Part(2, every=timedelta(minutes=5))), is_composite=True)
    rows = [row(1, 1, at=4), row(1, 1, at=5), row(0, 1, sli=2)]
    assert [minute(slow, *rows, at=at) for at in (4, 5)] == [(SCALE // 2, SCALE, True), (SCALE, SCALE, True)]
    assert slow.reach == timedelta(minutes=4)


def test_a_composite_may_be_counted_in_slices() -> None:
    sliced = recipe(parts=COMPOSITE.parts, is_composite=True, method=Method.TIMESLICES, slice_target=Fraction(3, 4))
    assert minute(sliced, row(1, 1), row(0, 1, sli=2)) == (1, 1, True)


def test_time_that_is_left_out_is_measured_and_empty() -> None:
    assert minute(SLICES, row(0, 1), effect=Effect.EXCLUDE) == (0, 0, True)
    assert minute(SLICES, effect=Effect.EXCLUDE) == (0, 0, True)


def test_good_time_keeps_its_events() -> None:
    assert minute(recipe(), row(3, 7), effect=Effect.GOOD) == (7, 7, True)
    assert minute(SLICES, row(3, 7), effect=Effect.GOOD) == (1, 1, True)
    assert minute(recipe(), effect=Effect.GOOD) is None


def test_hours_that_do_not_count_are_left_out() -> None:
    office = recipe(schedule=parse([{"from": "08:00", "until": "12:00"}], "UTC"))
    assert minute(office, row(0, 5)) == (0, 0, True)
    assert minute(office, row(0, 5, at=-1), at=-1) == (0, 5, True)


def test_left_out_time_counts_as_often_as_it_would_be_measured() -> None:
    slow = recipe(every=timedelta(minutes=5))
    measured = [minute_of(slow, STREAM, NOON + at * MINUTE, Sources([]), Effect.EXCLUDE) for at in range(60)]
    assert sum(one is not None and one.measured for one in measured) == 12


def test_a_recipe_comes_back_from_its_settings() -> None:
    settings = {
        "parts": [{"sli": 1, "weight": 2, "every": 300.0}],
        "is_composite": False,
        "method": "timeslices",
        "slice_target": "0.95",
        "category": "latency",
        "threshold": "1.5",
        "schedule": [],
        "zone": "Europe/Vienna",
        "every": 300.0,
        "depth": 1,
    }
    found = recipe_of(settings)
    assert found.parts == (Part(1, 2, timedelta(minutes=5)),)
    assert (found.slice_target, found.threshold, found.unit) == (Fraction(19, 20), Fraction(3, 2), Unit.SLICES)


counts = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair)))
series = st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(0, 8), counts), max_size=12)


@given(series, st.randoms(use_true_random=False))
def test_the_order_of_arrival_has_no_say(found: list[Any], random: Any) -> None:
    rows = list({(sli, at): row(*pair, sli=sli, at=at) for sli, at, pair in found}.values())
    shuffled = random.sample(rows, len(rows))
    fresh = recipe(category="freshness", threshold=Fraction(120))
    for one in (recipe(), SLICES, RATIOS, COMPOSITE, fresh):
        assert [minute(one, *rows, at=at) for at in range(9)] == [minute(one, *shuffled, at=at) for at in range(9)]


@given(counts)
def test_a_composite_of_one_part_is_its_ratio_slices(pair: tuple[int, int]) -> None:
    alone = recipe(is_composite=True, parts=(Part(1, weight=7),))
    assert minute(alone, row(*pair)) == minute(RATIOS, row(*pair))


@given(st.lists(st.tuples(st.integers(1, 9), counts), min_size=1, max_size=4), st.integers(1, 50))
def test_weights_are_free_of_scale(parts: list[Any], factor: int) -> None:
    plain = composed([(weight, Counts(*pair)) for weight, pair in parts])
    assert composed([(weight * factor, Counts(*pair)) for weight, pair in parts]) == plain


@given(counts, st.sampled_from(list(Method)))
def test_a_minute_is_never_more_good_than_all(pair: tuple[int, int], method: Method) -> None:
    found = minute(recipe(method=method, slice_target=Fraction(1, 2)), row(*pair))
    assert found is not None
    assert 0 <= found[0] <= found[1]


hours = st.lists(st.tuples(counts, st.integers(1, 60)).map(lambda one: Counts(*one[0], one[1])), max_size=30)


@given(hours)
def test_a_new_method_keeps_the_bad_time_of_a_span(found: list[Counts]) -> None:
    slices = rescaled(found, unit=Unit.EVENTS, target=Unit.SLICES)
    exact = sum((one.measured_minutes * (one.bad_ratio or Fraction(0)) for one in found), Fraction(0))
    assert 0 <= exact - sum(one.bad for one in slices) < 1
    assert [one.total for one in slices] == [one.measured_minutes if one.total else 0 for one in found]


@given(hours)
def test_slices_are_ratio_slices_exactly(found: list[Counts]) -> None:
    ratios = rescaled(found, unit=Unit.SLICES, target=Unit.RATIOS)
    assert [one.ratio for one in ratios] == [one.ratio for one in found]
    assert rescaled(ratios, unit=Unit.RATIOS, target=Unit.SLICES) == found


def test_hours_of_events_take_the_totals_that_there_were() -> None:
    found = rescaled([Counts(30, 60, 60)], unit=Unit.SLICES, target=Unit.EVENTS, events=[1000])
    assert found == [Counts(500, 1000, 60)]
