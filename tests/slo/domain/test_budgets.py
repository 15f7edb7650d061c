"""Counts and budgets: exact, and additive."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.budgets import Counts, ImpossibleCounts, budget_of, decimal_ratio

T = Decimal("0.999")


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    total = draw(st.integers(0, 10**9))
    return Counts(draw(st.integers(0, total)), total, draw(st.integers(0, 60)))


def test_a_budget_is_a_share_of_all_events() -> None:
    budget = budget_of(Counts(good=99_960, total=100_000), T)
    assert (budget.allowed_bad, budget.bad) == (Fraction(100), 40)
    assert (budget.consumed_ratio, budget.remaining_ratio) == (Fraction(2, 5), Fraction(3, 5))


def test_an_overspent_budget_is_negative() -> None:
    assert budget_of(Counts(99_700, 100_000), T).remaining_ratio == -2


def test_exactly_the_objective_leaves_exactly_nothing() -> None:
    assert budget_of(Counts(999, 1000), T).remaining_ratio == 0


def test_without_events_nothing_is_known() -> None:
    assert Counts().ratio is None
    assert Counts().bad_ratio is None
    assert budget_of(Counts(), T).consumed_ratio is None
    assert budget_of(Counts(), T).remaining_ratio is None


@pytest.mark.parametrize(("good", "total"), [(2, 1), (-1, 1), (1, 0)])
def test_impossible_counts_are_refused(good: int, total: int) -> None:
    with pytest.raises(ImpossibleCounts):
        Counts(good, total)


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(ImpossibleCounts):
        Counts(measured_minutes=-1)


@settings(max_examples=60)
@given(st.lists(counts(), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(parts: list[Counts], random: object) -> None:
    shuffled = sorted(parts, key=lambda part: (part.total, part.good))
    assert sum(parts, Counts()) == sum(shuffled, Counts())


@settings(max_examples=60)
@given(counts(), counts())
def test_the_parts_of_a_window_spend_what_the_window_spends(one: Counts, other: Counts) -> None:
    whole = budget_of(one + other, T)
    parts = budget_of(one, T), budget_of(other, T)
    assert whole.allowed_bad == parts[0].allowed_bad + parts[1].allowed_bad
    assert whole.bad == parts[0].bad + parts[1].bad


@settings(max_examples=60)
@given(counts())
def test_consumed_and_remaining_are_one(found: Counts) -> None:
    budget = budget_of(found, T)
    assert budget.consumed_ratio is None or budget.consumed_ratio + (budget.remaining_ratio or 0) == 1


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1, 3), 6, "0.333333"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-1, 2), 1, "-0.5"),
        (Fraction(7), 2, "7.00"),
    ],
)
def test_fractions_are_rounded_once(value: Fraction, places: int, text: str) -> None:
    assert str(decimal_ratio(value, places)) == text


def test_a_missing_fraction_stays_missing() -> None:
    assert decimal_ratio(None) is None
