"""The graphs of an SLO: its budget, how fast it burns, what was bad, and how much there was."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from portal.lib.charts import BarChart, LineChart, Series
from slo.domain import burndowns
from slo.domain.annotations import marks
from slo.domain.budgets import decimal_ratio
from slo.domain.burndowns import Value
from slo.domain.windows import DAY, HOUR, MINUTE, length_text
from slo.selectors.burndowns import Material, budgets

MOST_POINTS = 240
MOST_BARS = 160
HIGHEST_BURN = Fraction(10**6)
WIDTHS = {MINUTE: (5, 60), HOUR: (1, 6), DAY: (1, 7)}
WORDS = {"day": "24 hours", "week": "7 days", "90d": "90 days", "year": "one year"}
Chart = LineChart | BarChart


def budget_chart(found: Material) -> LineChart:
    """The budget as it went down: of this window, else of the window that ended at each instant."""
    values = burndowns.thinned(budgets(found), MOST_POINTS)
    return LineChart(
        title=f"Error budget left {_when(found)}",
        unit="ratio",
        y_label="budget left",
        series=[Series("budget left", _plain(values))],
        limit=0,
        limit_label="spent",
        y_from=None,
        marks=marks(found.annotations, found.span.start),
    )


def burn_chart(found: Material) -> LineChart:
    """How fast the budget burned, against the threshold of the fastest page."""
    rules = [rule for rule in found.slo.definition.rules if rule.pages]
    fastest = max((Fraction(rule.threshold) for rule in rules), default=None)
    return LineChart(
        title=f"Burn rate {_when(found)}",
        unit="x",
        y_label="burn rate",
        series=[_burns(found, width) for width in WIDTHS[found.span.step]],
        limit=None if fastest is None else decimal_ratio(fastest, 4),
        limit_label="page from",
        marks=marks(found.annotations, found.span.start),
    )


def _burns(found: Material, width: int) -> Series:
    values = burndowns.sliding_burns(found.steps, found.slo.objective, width)[found.lead :]
    capped = [(at, None if value is None else min(value, HIGHEST_BURN)) for at, value in values]
    return Series(length_text(width * found.span.step), _plain(burndowns.thinned(capped, MOST_POINTS, max)))


def bad_chart(found: Material) -> BarChart:
    """What was bad, step by step."""
    size = max(1, -(-len(found.shown) // MOST_BARS))
    step = found.span.step * size
    bars = [
        (at, None if counts is None else _number(found, counts.bad))
        for at, counts in burndowns.summed(found.shown, size)
    ]
    name = f"bad {found.units.plural}"
    title = f"{name.capitalize()} per {length_text(step)} {_when(found)}"
    return BarChart(title=title, unit=found.units.plural, y_label=name, bars=bars, step=step)


def event_chart(found: Material) -> LineChart:
    """Good and all valid events, step by step."""
    size = max(1, -(-len(found.shown) // MOST_POINTS))
    points = burndowns.summed(found.shown, size)
    name = f"{found.units.plural} per {length_text(found.span.step * size)}"
    return LineChart(
        title=f"{name.capitalize()} {_when(found)}",
        unit=found.units.plural,
        y_label=name,
        series=[
            Series("valid", [(at, None if counts is None else _number(found, counts.total)) for at, counts in points]),
            Series("good", [(at, None if counts is None else _number(found, counts.good)) for at, counts in points]),
        ],
    )


GRAPHS: Mapping[str, Callable[[Material], Chart]] = {
    "budget": budget_chart,
    "burn": burn_chart,
    "bad": bad_chart,
    "events": event_chart,
}


def _when(found: Material) -> str:
    """The span in words, for titles."""
    if found.span.is_window:
        return f"over {found.slo.window.text}"
    return f"over {WORDS[found.span.key]}" if found.span.key else "over the chosen time"


def _number(found: Material, count: int) -> Decimal | int:
    scale = found.units.scale
    return count if scale == 1 else decimal_ratio(Fraction(count, scale), 3) or 0


def _plain(values: Sequence[Value]) -> list[tuple[datetime, Decimal | None]]:
    return [(at, decimal_ratio(value, 4)) for at, value in values]
