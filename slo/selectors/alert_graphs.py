"""The graph of an alert: bad events of the SLO that raised it, else of the worst one of its service; what is used."""

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

from django.db.models import F
from django.urls import reverse

from oncall.selectors.graphs import Graph, Subject
from portal.accounts.domain.actors import Actor
from portal.lib.charts import BarChart, LineChart, Point, Series
from slo.domain import burndowns
from slo.domain.budgets import decimal_ratio
from slo.domain.queries import MINUTES_KEPT
from slo.domain.windows import HOUR, MINUTE, floor_to, length_text
from slo.models import Resource, Sli, Slo
from slo.selectors import capacity, series
from slo.selectors.units import units_of

MOST_POINTS = 96
USED_FOR = timedelta(days=90)
SIZES = (1, 5, 10, 15, 30, 60)


def graph_of(subject: Subject, *, actor: Actor) -> Graph | None:
    """Reads what the subject is about by its key, else by its service; None where `actor` may see nothing of it."""
    kind, _, rest = subject.dedup_key.partition(":")
    public_id = rest.partition(":")[0]
    if subject.source == "slo" and kind == "volume":
        sli = Sli.objects.visible_to(actor).filter(public_id=public_id).first()
        return None if sli is None else Graph(_events(sli, subject), reverse("sli_detail", args=[sli.public_id]))
    if subject.source == "capacity":
        found = Resource.objects.visible_to(actor).filter(public_id=public_id).first()
        return None if found is None else Graph(_used(found, subject), reverse("resource_detail", args=[public_id]))
    slo = _slo(subject, public_id, actor)
    return None if slo is None else Graph(_errors(slo, subject), reverse("slo_detail", args=[slo.public_id]))


def _slo(subject: Subject, public_id: str, actor: Actor) -> Slo | None:
    seen = Slo.objects.visible_to(actor).select_related("stream")
    named = seen.filter(public_id=public_id).first() if subject.source == "slo" else None
    if named is not None or subject.service_id is None:
        return named
    live = seen.filter(service_id=subject.service_id, archived_at=None)
    return live.order_by(F("status__burn_1h").desc(nulls_last=True), "name", "pk").first()


def _errors(slo: Slo, subject: Subject) -> LineChart:
    step, points = _read(slo.stream, subject)
    rules = [Fraction(rule.threshold) for rule in slo.definition.rules if rule.pages]
    limit = min(rules) * (1 - Fraction(slo.objective)) if rules else None
    return LineChart(
        title=f"Bad {units_of(slo.stream).plural} of {slo.name}, per {length_text(step)}",
        unit="ratio",
        y_label="share that was bad",
        series=[Series("bad", [(at, None if counts is None else counts.bad_ratio) for at, counts in points])],
        limit=None if limit is None or limit >= 1 else decimal_ratio(limit, 6),
        limit_label="pages when it lasts above",
        marks=subject.marks,
    )


def _events(sli: Sli, subject: Subject) -> BarChart:
    step, points = _read(sli, subject)
    bars: list[Point] = [(at, None if counts is None else counts.total) for at, counts in points]
    title = f"Events of {sli.name}, per {length_text(step)}"
    return BarChart(title=title, unit="events", y_label="events", bars=bars, step=step)


def _used(resource: Resource, subject: Subject) -> LineChart:
    today = subject.end.astimezone(UTC).date()
    rows = capacity.days_of(resource, start=today - USED_FOR, end=today + timedelta(days=1))
    days = capacity.series_of(resource, rows)
    return LineChart(
        title=f"{resource.name} by day",
        unit=resource.unit,
        y_label="used",
        x_label="day",
        series=[Series("used", [(datetime.combine(day, time(), UTC), value) for day, value in days])],
        limit=resource.limit,
    )


def _read(stream: Sli, subject: Subject) -> tuple[timedelta, list[burndowns.Step]]:
    """The counts in steps of which at most MOST_POINTS fit in, by the hour where minutes are no longer kept.

    One step more stands at the end, so that what happened in the last one is within the graph.
    """
    grain = MINUTE if subject.start > subject.now - MINUTES_KEPT else HOUR
    wanted = (subject.end - subject.start) / grain / MOST_POINTS
    size = next((one for one in SIZES if one >= wanted), SIZES[-1])
    start = floor_to(subject.start, grain * size)
    found = series.steps(stream.pk, start=start, end=subject.end, step=grain)
    points = burndowns.summed([(point.at, point.counts) for point in found], size)
    return grain * size, [*points, (start + grain * size * len(points), None)]
