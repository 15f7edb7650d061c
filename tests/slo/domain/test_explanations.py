"""The arithmetic in words."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from slo.domain.budgets import Counts
from slo.domain.explanations import explain_budget, explain_downtime, plain


def test_the_budget_is_explained_step_by_step() -> None:
    assert explain_budget(Counts(99_960, 100_000), Decimal("0.999")) == [
        "The objective of 99.9 % lets 0.1 % of all events be bad.",
        "100,000 events x 0.1 % = 100 bad events are allowed in the window.",
        "100,000 events - 99,960 good = 40 were bad.",
        "40 / 100 = 40 % of the budget is spent.",
        "100 % - 40 % = 60 % is left.",
    ]


def test_without_events_it_says_so() -> None:
    assert explain_budget(Counts(), Decimal("0.999"))[-1].startswith("There were no events")


def test_downtime_in_words() -> None:
    assert explain_downtime(Decimal("0.999")) == "30 days x 0.1 % = 43.2 minutes of full outage."
    assert explain_downtime(Decimal("0.99"), timedelta(days=7)) == "7 days x 1 % = 100.8 minutes of full outage."


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(1, 3), "0.33"), (Fraction(1000), "1,000"), (Fraction(100), "100"), (Fraction(0), "0")]
)
def test_plain_numbers(value: Fraction, text: str) -> None:
    assert plain(value) == text
