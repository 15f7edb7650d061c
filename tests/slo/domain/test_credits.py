"""SLAs and their credits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slo.domain.budgets import Counts
from slo.domain.credits import Credit, Period, Promise, owed, problems

STEPS = [
    Credit(Decimal("0.99"), Decimal(10)),
    Credit(Decimal("0.95"), Decimal(25)),
    Credit(Decimal("0.9"), Decimal(100)),
]
PROMISE = Promise(Decimal("0.99"), STEPS)
SLO = Decimal("0.999")
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ratio", "percent"),
    [
        pytest.param(None, 0, id="no events"),
        pytest.param(Fraction(1), 0, id="perfect"),
        pytest.param(Fraction(99, 100), 0, id="exactly kept"),
        pytest.param(Fraction(98_999, 100_000), 10, id="just broken"),
        pytest.param(Fraction(95, 100), 10, id="exactly at the next bound"),
        pytest.param(Fraction(94, 100), 25, id="under the next bound"),
        pytest.param(Fraction(0), 100, id="nothing worked"),
    ],
)
def test_the_deepest_bound_passed_holds(ratio: Fraction | None, percent: int) -> None:
    assert owed(ratio, PROMISE) == percent


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_a_worse_period_never_owes_less(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert owed(low, PROMISE) >= owed(high, PROMISE)


def test_a_period_says_whether_it_is_broken() -> None:
    period = Period(START, START + timedelta(days=31), Counts(980, 1000), PROMISE)
    assert period.is_broken
    assert period.credit == 10
    assert period.remaining_ratio == -1
    assert not replace(period, counts=Counts(990, 1000)).is_broken
    assert not replace(period, counts=Counts()).is_broken


def test_a_good_sla_has_no_problem() -> None:
    assert problems(PROMISE, SLO) == {}
    assert problems(Promise(Decimal("0.99")), SLO) == {}


def test_an_sla_is_looser_than_its_slo() -> None:
    found = problems(Promise(SLO), SLO)
    assert list(found) == ["objective"]
    assert "less than 99.9 %" in found["objective"][0]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        pytest.param([Credit(Decimal(1), Decimal(10))], "a bound lies between", id="bound of 1"),
        pytest.param([Credit(Decimal("0.9"), Decimal(0))], "a credit is more than 0 %", id="no credit"),
        pytest.param([Credit(Decimal("NaN"), Decimal("NaN"))], "a bound lies between", id="no numbers"),
        pytest.param([Credit(Decimal("0.995"), Decimal(10))], "nothing is owed while", id="over the objective"),
        pytest.param([STEPS[1], STEPS[0]], "the bounds go down", id="bounds go up"),
        pytest.param([STEPS[0], replace(STEPS[1], percent=Decimal(10))], "a deeper bound owes more", id="same credit"),
        pytest.param(STEPS * 7, "at most 20 steps", id="too many"),
    ],
)
def test_wrong_credits_are_told_by_step(steps: list[Credit], told: str) -> None:
    found = problems(replace(PROMISE, credits=steps), SLO)
    assert list(found) == ["credits"]
    assert told in found["credits"][0]


def test_everything_wrong_is_told_at_once() -> None:
    assert set(problems(Promise(Decimal(2), [Credit(Decimal(2), Decimal(1))]), SLO)) == {"objective", "credits"}
