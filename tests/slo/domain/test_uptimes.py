"""Days as cells."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from slo.domain.budgets import Counts
from slo.domain.uptimes import Cell, cells, uptime

DAY = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("good", "total", "tone"),
    [
        (1000, 1000, "good"),
        (999, 1000, "good"),
        (9989, 10_000, "fair"),
        (99, 100, "fair"),
        (98, 100, "bad"),
        (0, 5, "bad"),
        (0, 0, "none"),
    ],
)
def test_a_day_has_the_colour_of_its_uptime(good: int, total: int, tone: str) -> None:
    assert Cell(DAY, Counts(good, total)).tone == tone


def test_uptime_is_exact_and_unknown_without_runs() -> None:
    assert uptime(Counts(2, 3)) == Fraction(2, 3)
    assert uptime(Counts()) is None
    assert uptime(None) is None


def test_every_day_has_a_cell_the_oldest_first() -> None:
    found = cells({DAY: Counts(3, 4)}, last=DAY, days=3)
    assert [(DAY - cell.day).days for cell in found] == [2, 1, 0]
    assert [cell.bad for cell in found] == [0, 0, 1]
    assert found[0].day == DAY - timedelta(days=2)
