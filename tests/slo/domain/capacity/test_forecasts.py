"""States and dates of crossing."""

import math
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.capacity.events import Event
from slo.domain.capacity.fits import Day, Model
from slo.domain.capacity.forecasts import (
    Crossing,
    Forecast,
    State,
    backtest_error,
    comes_too_soon,
    daily,
    forecast,
)

START = date(2026, 1, 1)
WAVE = [0, 3, -2, 1, -3, 2, -1]


def on(number: int) -> date:
    return START + timedelta(days=number)


def days(values: list[Any]) -> list[Day]:
    return [(on(n), Decimal(value)) for n, value in enumerate(values)]


def told(values: list[Any], limit: Any, **options: Any) -> Forecast:
    return forecast(days(values), lambda _day: Decimal(limit), **options)


@settings(max_examples=25)
@given(st.integers(0, 50), st.integers(1, 20), st.integers(14, 60), st.integers(1, 40))
def test_an_exact_line_crosses_exactly(level: int, slope: int, n: int, ahead: int) -> None:
    day = on(n - 1 + min(ahead, 2 * n))
    found = told([level + slope * x for x in range(n)], level + slope * (day - START).days)
    assert found.state is State.GROWING
    assert found.crossing == Crossing(day, day, day)
    assert found.backtest_error == 0


def test_between_two_days_the_later_one_is_named() -> None:
    assert told([10 + 2 * x for x in range(20)], 51).crossing == Crossing(on(21), on(21), on(21))


def test_a_curve_crosses_where_its_logarithm_says() -> None:
    found = told([repr(100 * 1.02**x) for x in range(40)], 400)
    assert found.fit is not None
    assert found.fit.model is Model.EXPONENTIAL
    assert found.crossing is not None
    assert found.crossing.likely == on(math.ceil(math.log(4) / math.log(1.02)))
    assert found.growth_per_day == pytest.approx(Decimal("0.02"))


@settings(max_examples=15)
@given(st.integers(-500, 500), st.integers(1, 9))
def test_shift_and_scale_move_no_date(shift: int, scale: int) -> None:
    values = [50 + x + WAVE[x % 7] for x in range(35)]
    plain = told(values, 100)
    moved = told([scale * (value - 10**4) + shift for value in values], scale * (100 - 10**4) + shift)
    linear = told([value - 10**4 for value in values], 100 - 10**4)
    assert moved.crossing == linear.crossing == plain.crossing
    assert moved.state is plain.state


@settings(max_examples=15)
@given(st.permutations(range(20)))
def test_the_order_of_points_does_not_matter(order: list[int]) -> None:
    points = days([3 * x + WAVE[x % 7] for x in range(20)])
    limit = lambda _day: Decimal(90)  # noqa: E731
    assert forecast([points[n] for n in order], limit) == forecast(points, limit)


def test_the_dates_stand_in_order() -> None:
    found = told([50 + x + WAVE[x % 7] for x in range(35)], 110).crossing
    assert found is not None
    assert found.latest is not None
    assert found.earliest < found.likely < found.latest


def test_the_dates_are_those_of_the_interval() -> None:
    found = told([50 + x + WAVE[x % 7] for x in range(35)], 110)
    fit, crossing = found.fit, found.crossing
    assert fit is not None
    assert crossing is not None
    number = fit.number_of(crossing.earliest)
    assert fit.high(number - 1) < 110 <= fit.high(number)
    number = fit.number_of(crossing.latest or START)
    assert fit.low(number - 1) < 110 <= fit.low(number)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ([5] * 13, State.INSUFFICIENT_DATA),
        ([5] * 14, State.FLAT),
        ([0] * 20, State.FLAT),
        ([100 + WAVE[x % 7] for x in range(35)], State.FLAT),
        ([10, 90] * 10, State.NOISY),
        ([100 - x for x in range(20)], State.SHRINKING),
        ([x - 100 for x in range(20)], State.GROWING),
    ],
    ids=["13 days", "14 equal days", "zeros", "calm", "wild", "falling", "rising below zero"],
)
def test_states(values: list[int], state: State) -> None:
    found = told(values, 1000)
    assert (found.state, found.crossing) == (state, None)


def test_too_little_data_has_no_numbers() -> None:
    found = told([1, 2, 3], 10)
    assert (found.slope_per_day, found.growth_per_day, found.backtest_error, found.horizon) == (None,) * 4
    with pytest.raises(ValueError, match="no fit"):
        found.value_on(START)


def test_a_constant_series_has_no_r2_and_no_slope() -> None:
    found: Any = told([7] * 20, 10)
    assert (found.fit.r2, found.slope_per_day, found.growth_per_day) == (None, 0, 0)


@pytest.mark.parametrize(("limit", "crosses"), [(59, True), (60, False)], ids=["at the horizon", "behind it"])
def test_no_date_past_twice_the_fit_window(limit: int, crosses: bool) -> None:
    found = told(list(range(20)), limit)
    assert found.horizon == on(59)
    assert bool(found.crossing) is crosses


def test_a_latest_date_behind_the_horizon_is_unknown() -> None:
    found = told([50 + x + 4 * WAVE[x % 7] for x in range(35)], 150).crossing
    assert found is not None
    assert found.latest is None


def test_what_is_over_its_limit_already_crossed_in_the_past() -> None:
    assert told(list(range(20)), 8).crossing == Crossing(on(8), on(8), on(8))


def test_the_largest_of_a_day_counts() -> None:
    assert daily([(on(1), Decimal(5)), (on(0), Decimal(1)), (on(1), Decimal(3))]) == days([1, 5])


def test_the_backtest_by_hand() -> None:
    """The first 15 of 20 days lie on x; in the last five each is one higher than foretold."""
    assert backtest_error(days([*range(15), *range(16, 21)])) == pytest.approx(Decimal(5) / Decimal(90))


def test_a_backtest_against_zeros_is_undefined() -> None:
    assert backtest_error(days([9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 0, 0, 0, 0])) is None


def test_an_event_ahead_brings_the_date_forward() -> None:
    sale = Event("Sale", on(30), on(32), Decimal(2))
    found: Any = told([10 + x for x in range(25)], 75, events=[sale])
    assert found.crossing == Crossing(on(30), on(30), on(30))
    assert found.value_on(on(30)) == (80, 80, 80)


def test_an_event_behind_does_not_bend_the_fit() -> None:
    values = [(10 + x) * (3 if 5 <= x <= 7 else 1) for x in range(25)]
    found: Any = told(values, 60, events=[Event("Launch", on(5), on(7), Decimal(3))])
    assert (found.fit.r2, found.slope_per_day) == (1, 1)
    assert found.crossing == Crossing(on(50), on(50), on(50))


def test_a_limit_that_rises_in_time_is_not_reached() -> None:
    found = forecast(days(list(range(20))), lambda day: Decimal(30 if day < on(28) else 300))
    assert found.crossing is None


@pytest.mark.parametrize(("number", "soon"), [(14, True), (15, False)], ids=["on arrival", "a day later"])
def test_an_order_that_arrives_on_the_day_is_too_late(number: int, soon: bool) -> None:
    assert comes_too_soon(on(number), today=START, lead_time=timedelta(days=14)) is soon


def test_no_date_is_never_too_soon() -> None:
    assert not comes_too_soon(None, today=START, lead_time=timedelta(days=14))


def test_ten_thousand_huge_and_tiny_values() -> None:
    values = [f"{x + 1}e-20" for x in range(200)] + [f"{x}e20" for x in range(200, 400)]
    assert told(values, 10**25).state is State.GROWING


@settings(max_examples=15)
@given(st.integers(60, 140))
def test_an_event_that_changes_nothing_changes_no_date(limit: int) -> None:
    """Day by day and by halves the same day is found."""
    values = [50 + x + WAVE[x % 7] for x in range(35)]
    plain = told(values, limit).crossing
    watched = told(values, limit, events=[Event("Nothing", on(5), on(9), Decimal(1))]).crossing
    assert watched == plain or (plain is not None and plain.likely <= on(34))
