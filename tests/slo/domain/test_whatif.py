"""What would be."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.budgets import Counts, budget_of
from slo.domain.rules import DEFAULT_RULES
from slo.domain.whatif import Question, answer, bad_ratios_of

MONTH = timedelta(days=30)
T = Decimal("0.999")
NOTHING = Counts(432_000, 432_000, 43_200)
QUIET = {length: Fraction(0) for rule in DEFAULT_RULES for length in (rule.long, rule.short)}


def ask(minutes: int = 0, objective: Decimal = T, counts: Counts = NOTHING, **fields: Any) -> Any:
    question = Question(objective, timedelta(minutes=minutes), **fields)
    return answer(question, counts=counts, bad_ratios=QUIET, rules=DEFAULT_RULES, period=MONTH)


def test_nothing_more_leaves_what_is() -> None:
    found = ask(counts=Counts(431_784, 432_000, 43_200))
    assert (found.remaining_ratio, found.downtime_left) == (Fraction(1, 2), timedelta(minutes=21, seconds=36))


def test_an_outage_of_the_whole_allowance_spends_all() -> None:
    found = ask(minutes=43)
    assert found.remaining_ratio == 1 - Fraction(43 * 10, 432)
    assert (found.allowed_bad, found.downtime) == (432, timedelta(minutes=43, seconds=12))


def test_a_full_outage_fires_rule_after_rule() -> None:
    assert [row.fires for row in ask(minutes=1).rules] == [True, False, False]
    assert [row.fires for row in ask(minutes=3).rules] == [True, True, False]
    assert [row.fires for row in ask(minutes=5).rules] == [True, True, True]


def test_a_milder_fault_takes_longer() -> None:
    assert [row.fires for row in ask(minutes=25, bad_ratio=Fraction(1, 10)).rules] == [True, True, False]


def test_another_objective_moves_everything() -> None:
    found = ask(minutes=30, objective=Decimal("0.9"))
    assert found.remaining_ratio == 1 - Fraction(300, 43_200)
    assert [row.can_fire for row in found.rules] == [False, True, True]
    assert not found.rules[0].fires


def test_without_events_nothing_is_a_share() -> None:
    found = answer(Question(T), counts=Counts(), bad_ratios={}, rules=DEFAULT_RULES, period=MONTH)
    assert (found.remaining_ratio, found.downtime_left) == (None, None)
    assert [row.long_burn for row in found.rules] == [None, None, None]


@given(st.integers(0, 50_000), st.integers(0, 1000))
def test_more_outage_never_leaves_more(minutes: int, more: int) -> None:
    assert ask(minutes=minutes + more).remaining_ratio <= ask(minutes=minutes).remaining_ratio


@pytest.mark.parametrize("objective", [Decimal("0.5"), Decimal("0.95"), Decimal("0.999999")])
def test_without_a_fault_it_agrees_with_the_budget(objective: Decimal) -> None:
    counts = Counts(431_000, 432_000, 43_200)
    assert ask(objective=objective, counts=counts).remaining_ratio == budget_of(counts, objective).remaining_ratio


def test_error_ratios_of_windows() -> None:
    hour = timedelta(hours=1)
    assert bad_ratios_of({hour: Counts(9, 10), 2 * hour: Counts()}) == {hour: Fraction(1, 10), 2 * hour: None}
