"""Multi-window rules: what fires, what holds, what never can."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from slo.domain.budgets import Counts
from slo.domain.burns import short_window, threshold
from slo.domain.rules import (
    DEFAULT_RULES,
    RULES,
    WINDOWS,
    Judgement,
    Measured,
    can_fire,
    judge,
    rules_that_can_fire,
)

T = Decimal("0.999")
RULE = RULES["page-1h"]


def measured(bad: int, total: int = 10_000, coverage: Fraction | None = Fraction(1)) -> Measured:
    return Measured(Counts(total - bad, total), coverage)


def judged(long: Measured, short: Measured, *, was_firing: bool = False) -> Judgement:
    return judge(
        RULE,
        {RULE.long: long, RULE.short: short},
        T,
        minimum_events=10,
        coverage_floor=Decimal("0.5"),
        was_firing=was_firing,
    )


def test_the_default_rules_spend_2_5_and_10_percent() -> None:
    shares = [Fraction(2, 100), Fraction(5, 100), Fraction(10, 100)]
    assert [Fraction(rule.threshold) for rule in DEFAULT_RULES] == [
        threshold(share, rule.long) for share, rule in zip(shares, DEFAULT_RULES, strict=True)
    ]


def test_every_short_window_is_a_twelfth_of_its_long_one() -> None:
    assert all(rule.short == short_window(rule.long) for rule in DEFAULT_RULES)


def test_the_windows_to_read_are_those_of_the_rules() -> None:
    assert (*(timedelta(minutes=m) for m in (5, 30, 60)), timedelta(hours=6), timedelta(days=3)) == WINDOWS


def test_two_rules_page_and_one_is_a_ticket() -> None:
    assert [rule.pages for rule in DEFAULT_RULES] == [True, True, False]


def test_both_windows_over_the_threshold_fire() -> None:
    assert judged(measured(200), measured(200)) == Judgement(True)


def test_the_threshold_itself_fires() -> None:
    assert judged(measured(144), measured(144)).firing


@pytest.mark.parametrize(("long", "short"), [(200, 143), (143, 200), (0, 0)])
def test_one_window_alone_does_not_fire(long: int, short: int) -> None:
    assert not judged(measured(long), measured(short)).firing


@pytest.mark.parametrize("was_firing", [True, False])
@pytest.mark.parametrize("coverage", [None, Fraction(49, 100)])
def test_too_little_measured_keeps_the_last_answer(coverage: Fraction | None, was_firing: bool) -> None:
    found = judged(measured(10_000), measured(10_000, coverage=coverage), was_firing=was_firing)
    assert found == Judgement(was_firing, "too little was measured")


def test_the_coverage_floor_itself_is_enough() -> None:
    assert judged(measured(200, coverage=Fraction(1, 2)), measured(200)).firing


@pytest.mark.parametrize(("long", "short"), [(9, 9), (10_000, 0)])
def test_too_few_events_keep_the_last_answer(long: int, short: int) -> None:
    found = judged(measured(long, total=long), measured(short, total=short), was_firing=True)
    assert found == Judgement(True, "too few events")


@pytest.mark.parametrize(
    ("objective", "keys"),
    [
        ("0.9", ["page-6h", "ticket-3d"]),
        ("0.8", ["ticket-3d"]),
        ("0.95", ["page-1h", "page-6h", "ticket-3d"]),
    ],
)
def test_rules_out_of_reach_are_known(objective: str, keys: list[str]) -> None:
    assert [rule.key for rule in rules_that_can_fire(Decimal(objective))] == keys


def test_a_threshold_equal_to_the_largest_burn_can_fire() -> None:
    assert can_fire(RULES["ticket-3d"], Decimal("0.5"))
    assert can_fire(RULES["page-6h"], 1 - 1 / Decimal(8) - Decimal("0.04"))
