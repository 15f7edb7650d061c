"""Series for graphs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from slo.domain.budgets import Counts
from slo.domain.burndowns import (
    Step,
    burn_down,
    period_burn_downs,
    sliding_budgets,
    sliding_burns,
    summed,
    thinned,
)
from slo.domain.burns import burn_rate

T = Decimal("0.9")
HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def steps(*pairs: tuple[int, int] | None) -> list[Step]:
    counts = [None if pair is None else Counts(*pair) for pair in pairs]
    return [(NOON + timedelta(hours=number), count) for number, count in enumerate(counts)]


def test_the_budget_goes_down_to_what_is_left_now() -> None:
    left = burn_down(steps((50, 50), (48, 50), (47, 50), (50, 50)), T)
    assert [value for _, value in left] == [1, Fraction(9, 10), Fraction(3, 4), Fraction(3, 4)]


def test_an_unmeasured_step_spends_nothing() -> None:
    left = burn_down(steps((40, 50), None, (50, 50)), T)
    assert [value for _, value in left] == [0, 0, 0]


def test_without_events_there_is_no_line() -> None:
    assert [value for _, value in burn_down(steps(None, (0, 0)), T)] == [None, None]


def test_a_burn_of_one_step() -> None:
    assert [value for _, value in sliding_burns(steps((9, 10), (10, 10), None), T, 1)] == [1, 0, None]


def test_a_sliding_burn_weighs_events() -> None:
    found = sliding_burns(steps((0, 10), (90, 90), None, None), T, 2)
    assert [value for _, value in found] == [10, 1, 0, None]


def test_a_sliding_budget_forgets_what_leaves_the_window() -> None:
    found = sliding_budgets(steps((0, 10), (90, 90), (100, 100), None), T, 2)
    assert [value for _, value in found] == [-9, 0, 1, 1]


def test_each_calendar_period_begins_anew() -> None:
    found = period_burn_downs(steps((9, 10), (10, 10), (10, 10), (8, 10)), T, lambda at: at >= NOON + 2 * HOUR)
    assert [value for _, value in found] == [Fraction(1, 2), Fraction(1, 2), 1, 0]


@given(
    st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 9), st.integers(0, 9))), max_size=40),
    st.integers(1, 12),
)
def test_a_sliding_burn_is_the_burn_of_the_sum(pairs: list[Any], width: int) -> None:
    found = steps(*[None if pair is None else (pair[0], sum(pair)) for pair in pairs])
    for number, (_, burn) in enumerate(sliding_burns(found, T, width)):
        window = [counts for _, counts in found[max(0, number - width + 1) : number + 1] if counts]
        assert burn == burn_rate(sum(window, Counts()), T)


def test_thinning_keeps_the_worst_and_the_last() -> None:
    values = [(NOON + number * HOUR, Fraction(value)) for number, value in enumerate([5, 1, 4, 9, 7, 8])]
    assert [value for _, value in thinned(values, 3)] == [1, 4, 8]
    assert [value for _, value in thinned(values, 3, max)] == [5, 9, 8]
    assert thinned(values, 6) == values


def test_steps_add_up() -> None:
    found = summed(steps((1, 2), (3, 4), None, None, (5, 5)), 2)
    assert [counts for _, counts in found] == [Counts(4, 6), None, Counts(5, 5)]
