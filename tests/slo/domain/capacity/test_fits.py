"""Least squares, curves and intervals, held against sums that are written out another way."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.capacity.fits import Day, Model, best, exponential, least_squares, linear, student_t

START = date(2026, 1, 1)
VALUES = st.lists(st.integers(-(10**6), 10**6), min_size=14, max_size=40)

NORRIS_Y = [
    0.1,
    338.8,
    118.1,
    888.0,
    9.2,
    228.1,
    668.5,
    998.5,
    449.1,
    778.9,
    559.2,
    0.3,
    0.1,
    778.1,
    668.8,
    339.3,
    448.9,
    10.8,
    557.7,
    228.3,
    998.0,
    888.8,
    119.6,
    0.3,
    0.6,
    557.6,
    339.3,
    888.0,
    998.5,
    778.9,
    10.2,
    117.6,
    228.9,
    668.4,
    449.2,
    0.2,
]
NORRIS_X = [
    0.2,
    337.4,
    118.2,
    884.6,
    10.1,
    226.5,
    666.3,
    996.3,
    448.6,
    777.0,
    558.2,
    0.4,
    0.6,
    775.5,
    666.9,
    338.0,
    447.5,
    11.6,
    556.0,
    228.1,
    995.8,
    887.6,
    120.2,
    0.3,
    0.3,
    556.8,
    339.1,
    887.2,
    999.0,
    779.0,
    11.1,
    118.3,
    229.2,
    669.1,
    448.9,
    0.5,
]


def days(values: Sequence[int | str]) -> list[Day]:
    return [(START + timedelta(days=n), Decimal(value)) for n, value in enumerate(values)]


def test_the_norris_line_of_nist() -> None:
    """NIST StRD, data set Norris, its certified values; x is counted in tenths."""
    line = least_squares([(round(x * 10), Decimal(str(y))) for x, y in zip(NORRIS_X, NORRIS_Y, strict=True)])
    assert float(line.slope * 10) == pytest.approx(1.00211681802045, rel=1e-14)
    assert float(line.at(Fraction(0))) == pytest.approx(-0.262323073774029, rel=1e-13)
    assert float(line.sse / 34) == pytest.approx(0.782864662630069, rel=1e-13)
    assert float(line.r2 or 0) == pytest.approx(0.999993745883712, rel=1e-14)


@settings(max_examples=25)
@given(VALUES)
def test_no_other_line_has_a_smaller_error(values: list[int]) -> None:
    line = least_squares(list(enumerate(map(Decimal, values))))

    def error(slope: Fraction, level: Fraction) -> Fraction:
        return sum(((level + slope * x - y) ** 2 for x, y in enumerate(values)), Fraction(0))

    level, step = line.at(Fraction(0)), Fraction(1, 1000)
    assert line.sse == error(line.slope, level)
    assert line.sse <= min(error(line.slope + step, level), error(line.slope, level - step))


@settings(max_examples=25)
@given(VALUES, st.integers(-1000, 1000), st.integers(1, 50))
def test_shift_and_scale_leave_r2(values: list[int], shift: int, scale: int) -> None:
    plain, moved = linear(days(values)), linear(days([scale * value + shift for value in values]))
    assert moved.line.slope == scale * plain.line.slope
    assert moved.line.r2 == plain.line.r2


@settings(max_examples=25)
@given(st.integers(-50, 50), st.integers(-50, 50).filter(bool), st.integers(3, 60))
def test_an_exact_line_has_no_error_and_no_width(level: int, slope: int, n: int) -> None:
    fit: Any = linear(days([level + slope * x for x in range(n)]))
    assert (fit.r2, fit.sse, fit.line.slope) == (1, 0, slope)
    assert fit.low(100) == fit.value(100) == fit.high(100) == level + 100 * slope


def test_a_constant_series_has_no_r2() -> None:
    assert linear(days([7] * 20)).r2 is None


@pytest.mark.parametrize(("freedom", "expected"), [(12, "2.1788"), (18, "2.1009"), (28, "2.0484"), (58, "2.0017")])
def test_quantiles_of_student_as_tables_print_them(freedom: int, expected: str) -> None:
    assert round(student_t(freedom), 4) == Decimal(expected)


def test_the_interval_by_hand() -> None:
    """n = 14, errors +1 and -1 in turn about 10 + x: s and Sxx are small sums."""
    fit = linear(days([10 + x + (1 if x % 2 else -1) for x in range(14)]))
    sxx = Fraction(14 * (14**2 - 1), 12)
    slope = 1 + Fraction(7) / sxx
    assert fit.line.slope == slope
    sse = 14 - Fraction(7) ** 2 / sxx
    variance = sse / 12 * (1 + Fraction(1, 14) + (Fraction(20) - Fraction(13, 2)) ** 2 / sxx)
    margin = fit.high(20) - fit.value(20)
    assert float(margin) == pytest.approx(float(student_t(12)) * float(variance) ** 0.5, rel=1e-12)
    assert fit.value(20) - fit.low(20) == pytest.approx(margin)


@pytest.mark.parametrize(("rate", "level"), [("1.01", "100"), ("1.5", "0.001"), ("0.97", "4000")])
def test_growth_by_a_share_is_found(rate: str, level: str) -> None:
    fit, rival = best(days([str(Decimal(level) * Decimal(rate) ** x) for x in range(30)]))
    assert fit.model is Model.EXPONENTIAL
    assert rival is not None
    assert rival.model is Model.LINEAR
    assert float(fit.value(40)) == pytest.approx(float(Decimal(level) * Decimal(rate) ** 40), rel=1e-12)


def test_a_line_wins_on_a_line() -> None:
    assert best(days([10 + 3 * x for x in range(30)]))[0].model is Model.LINEAR


@pytest.mark.parametrize("value", [0, -1], ids=["zero", "negative"])
def test_no_curve_through_what_has_no_logarithm(value: int) -> None:
    assert exponential(days([5] * 13 + [value]), Decimal(1)) is None


def test_a_curve_that_barely_follows_its_logarithms_does_not_compete() -> None:
    values = [1, 1000] * 10
    fit, rival = best(days(values))
    assert fit.model is Model.LINEAR
    assert rival is not None


def test_days_that_are_missing_keep_their_place() -> None:
    line = [(START + timedelta(days=n), Decimal(2 * n)) for n in (0, 1, 5, 9, 30)]
    fit: Any = linear(line)
    assert (fit.n, fit.window_days, fit.value(fit.number_of(date(2026, 1, 21)))) == (5, 31, 40)
