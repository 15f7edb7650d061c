"""Reading SLAs: what was promised, and how the calendar periods went."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from slo.domain.budgets import Counts
from slo.domain.credits import Credit, Period, Promise
from slo.domain.periods import Span, calendar_period
from slo.domain.windows import DAY, MINUTE, floor_to
from slo.exceptions import SlaNotFound
from slo.models import Sla, Slo
from slo.selectors.windows import window_counts

PERIODS = 13
HOURS_KEPT = timedelta(days=399)


def sla_of(slo: Slo) -> Sla | None:
    """The SLA beside the SLO, if there is one."""
    return Sla.objects.filter(slo=slo).first()


def get_sla(slo: Slo) -> Sla:
    """The SLA beside the SLO; SlaNotFound when there is none."""
    found = sla_of(slo)
    if found is None:
        raise SlaNotFound
    return found


def promise_of(sla: Sla) -> Promise:
    """What it promises, as numbers."""
    return Promise(sla.objective, [credit_of(step) for step in sla.credits])


def credit_of(step: Any) -> Credit:
    """One stored step; what is no number becomes NaN, which no check lets pass."""
    return Credit(_number(step["below"]), _number(step["percent"]))


def _number(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal("NaN")


def periods(sla: Sla, *, end: datetime, count: int = PERIODS) -> list[Period]:
    """The current calendar period up to `end`, a full minute, and those before it, the latest first.

    Hours are kept for 400 days: what lies before is cut at full UTC days instead of the days of the zone.
    """
    spans = _spans(sla, end, count)
    oldest = floor_to(end - HOURS_KEPT, DAY)
    read = {start: (_kept(start, oldest), min(_kept(until, oldest), end)) for start, until in spans}
    found = window_counts(read, sli_ids=[sla.slo.stream_id]).get(sla.slo.stream_id, {})
    promise = promise_of(sla)
    return [
        Period(start, until, found.get(start, Counts()), promise, is_current=number == 0)
        for number, (start, until) in enumerate(spans)
    ]


def _spans(sla: Sla, end: datetime, count: int) -> Sequence[Span]:
    spans = [calendar_period(end - MINUTE, sla.calendar_unit, sla.zone)]
    while len(spans) < count:
        spans.append(calendar_period(spans[-1][0] - MINUTE, sla.calendar_unit, sla.zone))
    return spans


def _kept(edge: datetime, oldest: datetime) -> datetime:
    return edge if edge >= oldest else floor_to(edge, DAY)
