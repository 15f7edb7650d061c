from decimal import Decimal

import pytest

from portal.lib.charts.small import gauge, spark
from portal.lib.charts.specs import Gauge, Sparkline, sparkline


@pytest.mark.parametrize(
    ("ratio", "percent", "tone"),
    [
        (Decimal("0.43"), 43.0, "green"),
        (0.1, 10.0, "yellow"),
        (-0.3, 100.0, "red"),
        (0, 100.0, "red"),
        (None, 0.0, "gray"),
        (1.2, 100.0, "green"),
    ],
)
def test_the_budget_bar_turns_yellow_then_red(ratio: Decimal | float | None, percent: float, tone: str) -> None:
    fill = gauge(Gauge(title="Budget left", ratio=ratio))
    assert (fill.percent, fill.tone) == (percent, tone)


def test_an_overspent_budget_says_by_how_much() -> None:
    assert gauge(Gauge(title="Budget left", ratio=-0.3)).text == "Budget left: -30.0 %"


def test_a_sparkline_breaks_at_missing_values_and_ends_at_the_last_one() -> None:
    drawn = spark(sparkline([1, 2, None, 4, None]))
    assert drawn.path.count("M") == 2
    assert drawn.last == pytest.approx((82.5, 3.0))


def test_a_flat_sparkline_lies_in_the_middle() -> None:
    assert spark(Sparkline([5, 5])).path == "M3 13 L109 13"


def test_a_sparkline_without_values_says_so() -> None:
    assert spark(Sparkline([None])).text == "Trend: no data"
