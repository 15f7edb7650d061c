"""The calculator: three ways to count, the same arithmetic as the alerts."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.judgements import Measured, bar_of, judge
from slo.domain.previews import Method, Question, RuleQuestion, Slice, latest, preview
from slo.domain.rules import MINUTE, can_fire, custom_rule

T = Decimal("0.95")
SLICES = [Slice(100, 100), Slice(90, 100), Slice(10, 20), Slice(0, 0), Slice(0, 5, measured=False)]


def ask(method: Method, slices: list[Slice] | None = None) -> Question:
    return Question(objective=T, method=method, slices=SLICES if slices is None else slices)


@pytest.mark.parametrize(
    ("method", "ratio", "allowed", "bad"),
    [
        (Method.OCCURRENCES, Fraction(200, 220), Fraction(11), 20),
        (Method.TIMESLICES, Fraction(1, 3), Fraction(3, 20), 2),
        (Method.RATIO_TIMESLICES, Fraction(8, 10), Fraction(3, 20), Fraction(3, 5)),
    ],
)
def test_three_ways_to_count(method: Method, ratio: Fraction, allowed: Fraction, bad: Fraction) -> None:
    answer = preview(ask(method))
    assert (answer.sli_ratio, answer.allowed_bad, answer.bad) == (ratio, allowed, bad)


@pytest.mark.parametrize("method", list(Method))
def test_without_valid_events_everything_is_undefined(method: Method) -> None:
    answer = preview(ask(method, [Slice(0, 0), Slice(0, 0, measured=False)]))
    assert (answer.sli_ratio, answer.burn, answer.consumed_ratio, answer.remaining_ratio) == (None,) * 4
    assert (answer.exhaustion, answer.coverage_ratio) == (None, Fraction(1, 2))


def test_nothing_at_all_has_no_coverage() -> None:
    assert preview(ask(Method.OCCURRENCES, [])).coverage_ratio is None


def test_coverage_weighs_minutes() -> None:
    slices = [Slice(1, 1, minutes=45), Slice(0, 0, minutes=15, measured=False)]
    assert preview(ask(Method.OCCURRENCES, slices)).coverage_ratio == Fraction(3, 4)


def test_exhaustion_follows_from_what_is_left_and_the_burn() -> None:
    answer = preview(ask(Method.OCCURRENCES, [Slice(975, 1000)]))
    assert (answer.remaining_ratio, answer.burn) == (Fraction(1, 2), Fraction(1, 2))
    assert answer.exhaustion == timedelta(days=30)


def with_rule(slices: list[Slice], burn: str, objective: str = "0.999") -> Question:
    rule = RuleQuestion(long_minutes=60, short_minutes=5, burn=Decimal(burn))
    return Question(objective=Decimal(objective), slices=slices, rules=[rule])


def test_a_rule_that_fires() -> None:
    answer = preview(with_rule([Slice(10, 10)] * 50 + [Slice(0, 10)] * 10, "14.4")).rules[0]
    assert (answer.can_fire, answer.firing) == (True, True)
    assert (answer.detection, answer.reset) == (timedelta(seconds=51.84), timedelta(seconds=295.68))


def test_a_rule_ends_with_its_short_window() -> None:
    assert not preview(with_rule([Slice(0, 10)] * 55 + [Slice(10, 10)] * 5, "14.4")).rules[0].firing


def test_a_rule_that_never_can() -> None:
    answer = preview(with_rule([Slice(0, 10)] * 60, "14.4", "0.9")).rules[0]
    assert (answer.can_fire, answer.firing, answer.detection, answer.reset) == (False, False, None, None)


def test_the_latest_slices_are_those_that_reach_into_the_span() -> None:
    slices = [Slice(1, 1, minutes=5), Slice(2, 2, minutes=5), Slice(3, 3, minutes=5)]
    assert [piece.good for piece in latest(slices, 10)] == [2, 3]
    assert [piece.good for piece in latest(slices, 11)] == [1, 2, 3]
    assert [piece.good for piece in latest(slices, 4)] == [3]
    assert latest(slices[:1], 60) == slices[:1]


def test_a_window_shorter_than_the_slices_is_the_last_slice() -> None:
    hours = [Slice(100, 100, minutes=60), Slice(0, 100, minutes=60)]
    assert preview(with_rule(hours, "14.4")).rules[0].firing
    assert not preview(with_rule(hours[::-1], "14.4")).rules[0].firing


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=20), st.sampled_from(Method))
def test_consumed_and_remaining_are_one(pairs: list[tuple[int, int]], method: Method) -> None:
    answer = preview(ask(method, [Slice(min(pair), max(pair)) for pair in pairs]))
    assert answer.consumed_ratio is None or answer.consumed_ratio + (answer.remaining_ratio or 0) == 1


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=20), st.randoms())
def test_ratio_timeslices_lie_between_the_extremes(pairs: list[tuple[int, int]], random: object) -> None:
    slices = [Slice(min(pair), max(pair)) for pair in pairs]
    ratios = [Fraction(piece.good, piece.valid) for piece in slices]
    found = preview(ask(Method.RATIO_TIMESLICES, slices)).sli_ratio
    assert found is not None
    assert min(ratios) <= found <= max(ratios)


@settings(max_examples=80)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=1, max_size=30),
    st.integers(1, 30),
    st.integers(1, 30),
    st.decimals("0.1", "20", places=1),
)
def test_it_fires_exactly_when_the_alerts_do(pairs: list[tuple[int, int]], one: int, other: int, burn: Decimal) -> None:
    """The rule is judged as a refresh judges it, over the same minutes."""
    slices = [Slice(min(pair), max(pair)) for pair in pairs]
    long, short = max(one, other), min(one, other)
    rule = custom_rule("critical", long=long * MINUTE, short=short * MINUTE, burn=burn)
    windows = {length: _measured(slices[-(length // MINUTE) :]) for length in (rule.long, rule.short)}
    found = judge(bar_of(rule, T), windows, minimum_events=0, coverage_floor=(0, 1), was_firing=False)
    question = Question(objective=T, slices=slices, rules=[RuleQuestion(long, short, burn)])
    assert preview(question).rules[0].firing == (found.firing and can_fire(rule, T))


def _measured(slices: list[Slice]) -> Measured:
    return Measured(sum(piece.good for piece in slices), sum(piece.valid for piece in slices), 1, 1)
