"""What the burn-down of an SLO and its other graphs are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from slo.domain import burndowns
from slo.domain.annotations import Annotation
from slo.domain.burndowns import Step, Value
from slo.domain.explanations import Units
from slo.domain.periods import calendar_period
from slo.domain.ranges import Range
from slo.domain.windows import floor_to
from slo.models import Slo
from slo.selectors import series
from slo.selectors.units import units_of


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


def budgets(found: Material) -> Sequence[Value]:
    """What was left after each shown step: of this window, else of the window that ended with the step."""
    slo, window = found.slo, found.slo.window
    if found.span.is_window:
        return burndowns.burn_down(found.shown, slo.objective)
    if window.unit:
        periods = partial(calendar_period, unit=window.unit, zone=window.zone)
        return burndowns.period_burn_downs(found.steps, slo.objective, periods)[found.lead :]
    width = max(1, window.nominal // found.span.step)
    return burndowns.sliding_budgets(found.steps, slo.objective, width)[found.lead :]
