"""The graphs of an SLO: its budget, how fast it burns, what was bad, and how much there was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial

from portal.lib.charts import BarChart, LineChart, Series
from slo.domain import burndowns
from slo.domain.annotations import Annotation, marks
from slo.domain.budgets import decimal_ratio
from slo.domain.burndowns import Step, Value
from slo.domain.explanations import Units
from slo.domain.periods import calendar_period
from slo.domain.ranges import LABELS, Range
from slo.domain.windows import DAY, HOUR, MINUTE, floor_to, length_text
from slo.models import Slo
from slo.selectors import series
from slo.selectors.units import units_of

MOST_POINTS = 370
MOST_BARS = 190
HIGHEST_BURN = Fraction(10**6)
WIDTHS = {MINUTE: (5, 60), HOUR: (1, 6), DAY: (1, 7)}
Chart = LineChart | BarChart


@dataclass(frozen=True, slots=True)
class Material:
    """What the graphs are made of. `steps` begin `lead` steps before the range, so that windows can slide into it."""

    slo: Slo
    span: Range
    steps: Sequence[Step]
    lead: int
    units: Units
    annotations: Sequence[Annotation] = ()

    @property
    def shown(self) -> Sequence[Step]:
        return self.steps[self.lead :]

    @property
    def when(self) -> str:
        """The span in words, for titles."""
        if self.span.is_window:
            return f"over {self.slo.window.text}"
        return f"over {LABELS[self.span.key].lower()}" if self.span.key else "over the chosen time"

    @property
    def marks(self) -> list[tuple[datetime, str]]:
        return marks(self.annotations, self.span.start)


def material(slo: Slo, span: Range, annotations: Sequence[Annotation] = ()) -> Material:
    """Reads the counts of the stream of `slo` for all graphs of `span`, with one window before it to slide in.

    What lies before the stream began is left out, for nothing was expected then.
    """
    start = floor_to(span.start, span.step)
    first = max(_slides_from(slo, span, start), min(floor_to(slo.stream.started_at, span.step), start))
    shown_from = max(start, floor_to(slo.stream.started_at, span.step)) if span.is_window else start
    steps = series.steps(slo.stream_id, start=first, end=span.end, step=span.step)
    lead = sum(1 for point in steps if point.at < shown_from)
    return Material(slo, span, steps, lead, units_of(slo.stream), annotations)


def _slides_from(slo: Slo, span: Range, start: datetime) -> datetime:
    if span.is_window:
        return start
    if slo.window.unit:
        return floor_to(calendar_period(start, slo.window.unit, slo.window.zone)[0], span.step)
    return floor_to(start - slo.window.nominal, span.step)


def budget_chart(found: Material) -> LineChart:
    """The budget as it went down: of this window, else of the window that ended at each instant."""
    values = burndowns.thinned(_budgets(found), MOST_POINTS)
    return LineChart(
        title=f"Error budget left {found.when}",
        unit="ratio",
        y_label="budget left",
        series=[Series("budget left", _plain(values))],
        limit=0,
        limit_label="spent",
        y_from=None,
        marks=found.marks,
    )


def _budgets(found: Material) -> Sequence[Value]:
    slo, window = found.slo, found.slo.window
    if found.span.is_window:
        return burndowns.burn_down(found.shown, slo.objective)
    if window.unit:
        periods = partial(calendar_period, unit=window.unit, zone=window.zone)
        return burndowns.period_burn_downs(found.steps, slo.objective, periods)[found.lead :]
    width = max(1, window.nominal // found.span.step)
    return burndowns.sliding_budgets(found.steps, slo.objective, width)[found.lead :]


def burn_chart(found: Material) -> LineChart:
    """How fast the budget burned, against the threshold of the fastest page."""
    rules = [rule for rule in found.slo.definition.rules if rule.pages]
    fastest = max((Fraction(rule.threshold) for rule in rules), default=None)
    return LineChart(
        title=f"Burn rate {found.when}",
        unit="x",
        y_label="burn rate",
        series=[_burns(found, width) for width in WIDTHS[found.span.step]],
        limit=None if fastest is None else decimal_ratio(fastest, 4),
        limit_label="page from",
        marks=found.marks,
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
    title = f"{name.capitalize()} per {length_text(step)} {found.when}"
    return BarChart(title=title, unit=found.units.plural, y_label=name, bars=bars, step=step)


def event_chart(found: Material) -> LineChart:
    """Good and all valid events, step by step."""
    size = max(1, -(-len(found.shown) // MOST_POINTS))
    points = burndowns.summed(found.shown, size)
    name = f"{found.units.plural} per {length_text(found.span.step * size)}"
    return LineChart(
        title=f"{name.capitalize()} {found.when}",
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


def _number(found: Material, count: int) -> Decimal | int:
    scale = found.units.scale
    return count if scale == 1 else decimal_ratio(Fraction(count, scale), 3) or 0


def _plain(values: Sequence[Value]) -> list[tuple[datetime, Decimal | None]]:
    return [(at, decimal_ratio(value, 4)) for at, value in values]
