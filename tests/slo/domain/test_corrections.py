"""What corrections make of counts."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.budgets import Counts
from slo.domain.corrections import Adjustment, Effect, Standing, adjusted, effect_at, strongest, touched, touched_hours
from slo.domain.windows import HOUR, MINUTE

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def excluded(start: datetime, end: datetime) -> Adjustment:
    return Adjustment(Effect.EXCLUDE, start, end)


def test_time_that_is_left_out_leaves_the_denominator() -> None:
    assert adjusted(Counts(9, 10, 1), Effect.EXCLUDE) == Counts(0, 0, 1)


def test_time_that_counts_as_good_keeps_its_events() -> None:
    assert adjusted(Counts(3, 10, 1), Effect.GOOD) == Counts(10, 10, 1)


def test_an_hour_that_is_left_out_is_measured_as_usual() -> None:
    assert adjusted(Counts(9, 10, 7), Effect.EXCLUDE, measured_minutes=60) == Counts(0, 0, 60)


def test_no_effect_changes_nothing() -> None:
    assert adjusted(Counts(3, 10, 1), None) == Counts(3, 10, 1)


@pytest.mark.parametrize(
    ("effects", "expected"),
    [([], None), ([Effect.GOOD], Effect.GOOD), ([Effect.GOOD, Effect.EXCLUDE], Effect.EXCLUDE)],
    ids=["none", "one", "both"],
)
def test_leaving_out_is_the_stronger_one(effects: list[Effect], expected: Effect | None) -> None:
    assert strongest(effects) is expected


def test_a_minute_that_is_touched_belongs_as_a_whole() -> None:
    span = [excluded(NOON + 59 * SECOND, NOON + 61 * SECOND)]
    minutes = [NOON - MINUTE, NOON, NOON + MINUTE, NOON + 2 * MINUTE]
    assert [effect_at(span, minute) for minute in minutes] == [None, Effect.EXCLUDE, Effect.EXCLUDE, None]


def test_touched_spans_are_cut_and_joined() -> None:
    some = [
        excluded(NOON - HOUR, NOON + MINUTE),
        excluded(NOON + MINUTE, NOON + 5 * MINUTE),
        excluded(NOON, NOON + HOUR),
    ]
    assert touched(some, NOON, NOON + 30 * MINUTE) == [(NOON, NOON + 30 * MINUTE)]


def test_touched_hours_are_full_ones() -> None:
    some = [excluded(NOON + 59 * MINUTE, NOON + HOUR + SECOND)]
    assert touched_hours(some, NOON, NOON + 5 * HOUR) == [NOON, NOON + HOUR]


offsets = st.integers(0, 300)
spans = st.lists(st.tuples(offsets, st.integers(1, 60)), max_size=6)


@given(spans, offsets)
def test_a_split_span_touches_what_the_whole_touches(found: list[tuple[int, int]], cut: int) -> None:
    some = [excluded(NOON + start * MINUTE, NOON + (start + length) * MINUTE) for start, length in found]
    middle, end = NOON + cut * MINUTE, NOON + 360 * MINUTE
    parts = touched(some, NOON, middle) + touched(some, middle, end)
    length = sum((until - first for first, until in touched(some, NOON, end)), timedelta(0))
    assert sum((until - first for first, until in parts), timedelta(0)) == length


@given(spans)
def test_touched_minutes_are_those_with_an_effect(found: list[tuple[int, int]]) -> None:
    some = [excluded(NOON + start * MINUTE, NOON + (start + length) * MINUTE) for start, length in found]
    minutes = [NOON + number * MINUTE for number in range(360)]
    inside = [minute for minute in minutes if any(a <= minute < b for a, b in touched(some, NOON, NOON + 6 * HOUR))]
    assert inside == [minute for minute in minutes if effect_at(some, minute)]


def test_a_standing_tells_the_ratios_of_its_counts() -> None:
    found = Standing(Counts(95, 100, 60), Decimal("0.9"))
    assert (found.ratio, found.consumed_ratio, found.remaining_ratio) == (
        Fraction(19, 20),
        Fraction(1, 2),
        Fraction(1, 2),
    )


def test_a_standing_without_events_has_none() -> None:
    found = Standing(Counts(), Decimal("0.9"))
    assert (found.ratio, found.consumed_ratio, found.remaining_ratio) == (None, None, None)
