"""What a correction would change, computed without writing by the arithmetic that applies it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from slo.domain.budgets import Counts
from slo.domain.corrections import Adjustment, Effect, Standing, adjusted, touched, touched_hours
from slo.domain.windows import HOUR, MINUTE, floor_to, watermark
from slo.models import Correction, HourCount, MinuteCount, Slo
from slo.selectors import adjustments
from slo.selectors.windows import counts_of


@dataclass(frozen=True, slots=True)
class Consequence:
    """One SLO before and after; `minutes` of its window are touched, `whole_hours` of which are known as hours only."""

    slo: Slo
    before: Standing
    after: Standing
    minutes: int
    whole_hours: int


def consequences(correction: Correction, *, now: datetime) -> list[Consequence]:
    """What `correction`, which need not be stored, would change in the present windows of the SLOs it concerns."""
    slos = adjustments.slos_of(correction).select_related("stream", "service")
    return [_consequence(slo, correction, now) for slo in slos]


def _consequence(slo: Slo, correction: Correction, now: datetime) -> Consequence:
    start, end = slo.window.span(watermark(now))
    effect = Effect(correction.effect)
    some = [Adjustment(effect, span.start, span.end) for span in adjustments.spans_of(correction, start, end)]
    kept_from = max(start, _kept_from(slo.stream_id, end))
    hours = touched_hours(some, floor_to(start, HOUR), floor_to(kept_from, HOUR))
    spans = touched(some, kept_from, end)
    found = _hours(slo.stream_id, hours) + _minutes(slo.stream_id, spans)
    before = counts_of(slo.stream_id, start, end)
    now_there, then_there = sum(found, Counts()), sum((adjusted(one, effect) for one in found), Counts())
    after = Counts(
        before.good - now_there.good + then_there.good,
        before.total - now_there.total + then_there.total,
        before.measured_minutes,
    )
    length = sum((until - first for first, until in spans), len(hours) * HOUR)
    standing, then = Standing(before, slo.objective), Standing(after, slo.objective)
    return Consequence(slo, standing, then, minutes=length // MINUTE, whole_hours=len(hours))


def _kept_from(stream_id: int, end: datetime) -> datetime:
    """The hour from which minutes are there."""
    first = MinuteCount.objects.filter(sli_id=stream_id).aggregate(first=Min("minute"))["first"]
    return floor_to(end if first is None else first, HOUR)


def _hours(stream_id: int, hours: Sequence[datetime]) -> list[Counts]:
    rows = HourCount.objects.filter(sli_id=stream_id, hour__in=hours)
    return [Counts(*row) for row in rows.values_list("good", "total", "measured_minutes")]


def _minutes(stream_id: int, spans: Sequence[tuple[datetime, datetime]]) -> list[Counts]:
    found = []
    for first, until in spans:
        rows = MinuteCount.objects.filter(sli_id=stream_id, minute__gte=first, minute__lt=until)
        found += [Counts(good, total, 1) for good, total in rows.values_list("good", "total")]
    return found
