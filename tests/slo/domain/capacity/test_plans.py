"""Money by quarter, capacity by step, forecasts against what came true."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from slo.domain.capacity.plans import Step, compare, limit_on, quarter_lines, quarter_of, total_line

DISKS = Step(date(2026, 2, 1), Decimal(900), Decimal(100), "done", paid=Decimal(950))
RACK = Step(date(2026, 3, 31), Decimal(5000), Decimal(400), "ordered")
CLOUD = Step(date(2026, 4, 1), Decimal(300), Decimal(50), "planned")
NOT = Step(date(2026, 4, 1), Decimal(7000), Decimal(999), "dropped")
STEPS = [DISKS, RACK, CLOUD, NOT]


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 2), (date(2026, 12, 31), 4)],
    ids=["new year", "end of march", "april", "last day"],
)
def test_quarters(day: date, quarter: int) -> None:
    assert quarter_of(day) == (2026, quarter)


def test_lines_by_quarter() -> None:
    lines: list[Any] = quarter_lines({(2026, 1): Decimal(6000)}, STEPS)
    first, second = lines
    assert (first.label, first.planned, first.paid, first.left) == ("2026 Q1", 5000, 950, 50)
    assert (second.label, second.budget, second.planned, second.left) == ("2026 Q2", 0, 300, -300)


def test_the_total_is_the_sum_of_the_quarters() -> None:
    lines = quarter_lines({(2026, 1): Decimal(6000), (2027, 1): Decimal(10)}, STEPS)
    total: Any = total_line(lines)
    assert (total.budget, total.planned, total.paid, total.left) == (6010, 5300, 950, -240)
    assert total.left == sum(line.left for line in lines)


def test_open_steps_raise_the_limit_on_their_day() -> None:
    limit = Decimal(1000)
    days = [date(2026, 1, 1), date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1)]
    assert [limit_on(day, limit, STEPS) for day in days] == [1000, 1000, 1400, 1450]


def test_a_forecast_against_what_came_true() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(3)]
    foretold = {day: (Decimal(10), Decimal(8), Decimal(12)) for day in days}
    found = compare(
        foretold, dict(zip(days[:2], [Decimal(13), Decimal(8)], strict=True)) | {date(2025, 1, 1): Decimal(1)}
    )
    assert (found.n, found.within) == (2, 1)
    assert (found.error_ratio, found.bias_ratio) == (Fraction(5, 21), Fraction(1, 21))


def test_nothing_to_compare_is_undefined() -> None:
    assert compare({}, {date(2026, 1, 1): Decimal(1)}).error_ratio is None
