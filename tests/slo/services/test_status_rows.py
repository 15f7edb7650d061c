"""What a refresh writes: exact text, kept within its columns."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.budgets import Counts, budget_of, decimal_ratio
from slo.domain.burns import burn_rate
from slo.domain.judgements import Measured
from slo.domain.statuses import Definition
from slo.services.status_rows import burn_text, remaining_text

DEFINITION = Definition(objective=Decimal("0.999"))
COUNTS = st.tuples(st.integers(0, 10**12), st.integers(1, 10**12)).map(lambda pair: Measured(min(pair), max(pair)))


@settings(max_examples=100)
@given(COUNTS)
def test_texts_are_the_rounded_fractions(window: Measured) -> None:
    counts = Counts(window.good, window.total)
    burn = burn_rate(counts, DEFINITION.objective)
    remaining = budget_of(counts, DEFINITION.objective).remaining_ratio
    assert Decimal(burn_text(window, DEFINITION) or "") == decimal_ratio(burn)
    assert Decimal(remaining_text(window, DEFINITION) or "") == decimal_ratio(remaining)


def test_without_events_there_is_no_text() -> None:
    assert (burn_text(Measured(), DEFINITION), remaining_text(Measured(), DEFINITION)) == (None, None)


@pytest.mark.parametrize(("good", "text"), [(1000, "0.000000"), (999, "1.000000"), (0, "1000.000000")])
def test_a_burn_has_six_places(good: int, text: str) -> None:
    assert burn_text(Measured(good, 1000), DEFINITION) == text


def test_what_is_beyond_its_column_stops_at_its_end() -> None:
    """No objective above 99.9999 % is taken; the columns would hold even one that is."""
    strict = Definition(objective=1 - Decimal(10) ** -12)
    assert burn_text(Measured(0, 1), strict) == "1000000000.000000"
    assert remaining_text(Measured(0, 1), strict) == "-1000000000.000000"


def test_an_overspent_budget_is_negative() -> None:
    assert remaining_text(Measured(9985, 10_000), DEFINITION) == "-0.500000"
    assert decimal_ratio(Fraction(-1, 2)) == Decimal("-0.5")
