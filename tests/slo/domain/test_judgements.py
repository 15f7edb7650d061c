"""The judgement of one rule: what fires, what goes on, what holds."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.budgets import Counts
from slo.domain.burns import burn_rate
from slo.domain.judgements import GOES_ON_FROM, NEAR, Judgement, Measured, bar_of, judge
from slo.domain.rules import rule_of

T = Decimal("0.999")
RULE = rule_of("page-1h")


def measured(bad: int, total: int = 10_000, coverage: Fraction | None = Fraction(1)) -> Measured:
    return Measured(total - bad, total, *((0, 0) if coverage is None else coverage.as_integer_ratio()))


def judged(long: Measured, short: Measured, *, was_firing: bool = False) -> Judgement:
    return judge(
        bar_of(RULE, T),
        {RULE.long: long, RULE.short: short},
        minimum_events=10,
        coverage_floor=(1, 2),
        was_firing=was_firing,
    )


def test_both_windows_over_the_threshold_fire() -> None:
    assert judged(measured(200), measured(200)) == Judgement(True)


def test_the_threshold_itself_fires() -> None:
    assert judged(measured(144), measured(144)).firing


@pytest.mark.parametrize(("long", "short"), [(200, 143), (143, 200), (0, 0)])
def test_one_window_alone_does_not_fire(long: int, short: int) -> None:
    assert not judged(measured(long), measured(short)).firing


@pytest.mark.parametrize(("long", "short"), [(200, 143), (200, 130), (130, 200)])
def test_a_firing_rule_goes_on_just_below_its_threshold(long: int, short: int) -> None:
    assert judged(measured(long), measured(short), was_firing=True) == Judgement(True, NEAR)


@pytest.mark.parametrize(("long", "short"), [(200, 129), (129, 200), (200, 0)])
def test_a_firing_rule_ends_below_nine_tenths_of_its_threshold(long: int, short: int) -> None:
    assert judged(measured(long), measured(short), was_firing=True) == Judgement(False)


def test_a_burn_that_hovers_at_the_threshold_fires_once() -> None:
    firing, turns = False, 0
    for bad in [150, 140, 150, 135, 144, 131, 150]:
        before, firing = firing, judged(measured(bad), measured(bad), was_firing=firing).firing
        turns += firing != before
    assert turns == 1


@pytest.mark.parametrize("was_firing", [True, False])
@pytest.mark.parametrize("coverage", [None, Fraction(49, 100)], ids=["none", "49 %"])
def test_too_little_measured_keeps_the_last_answer(coverage: Fraction | None, was_firing: bool) -> None:
    found = judged(measured(10_000), measured(10_000, coverage=coverage), was_firing=was_firing)
    assert found == Judgement(was_firing, "too little was measured")


def test_a_recovery_that_nobody_measured_resolves_nothing() -> None:
    assert judged(measured(0), measured(0, coverage=Fraction(1, 4)), was_firing=True).firing


def test_the_coverage_floor_itself_is_enough() -> None:
    assert judged(measured(200, coverage=Fraction(1, 2)), measured(200)).firing


@pytest.mark.parametrize(("long", "short"), [(9, 9), (10_000, 0)])
def test_too_few_events_keep_the_last_answer(long: int, short: int) -> None:
    found = judged(measured(long, total=long), measured(short, total=short), was_firing=True)
    assert found == Judgement(True, "too few events")


@settings(max_examples=100)
@given(st.integers(0, 3000), st.integers(0, 3000), st.booleans())
def test_whole_numbers_judge_like_the_burn_rates(long: int, short: int, was_firing: bool) -> None:
    limit = RULE.threshold * (GOES_ON_FROM if was_firing else 1)
    burns = [burn_rate(Counts(10_000 - bad, 10_000), T) for bad in (long, short)]
    expected = all(burn is not None and burn >= limit for burn in burns)
    assert judged(measured(long), measured(short), was_firing=was_firing).firing == expected
