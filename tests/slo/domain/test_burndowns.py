"""Series for graphs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts
from slo.domain.burndowns import Step, burn_down, sliding_burns

T = Decimal("0.9")
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
