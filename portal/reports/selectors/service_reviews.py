"""The monthly review of one service: what was promised and kept, what happened and changed, what is left to do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from incidents import selectors as incidents
from incidents.domain.facts import IncidentFacts
from oncall.selectors import alerts as oncall
from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service
from portal.reports.domain.months import Month
from portal.reports.selectors import dora
from portal.reports.selectors.dora import ServiceDora
from postmortems import selectors as postmortems
from slo.domain.budgets import Counts, budget_of
from slo.domain.explanations import Units
from slo.domain.windows import HOUR, floor_to
from slo.selectors import Correction, MaintenanceWindow, Slo, adjustments, objectives, releases
from slo.selectors.units import units_of
from slo.selectors.windows import counts_of


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One SLO in the month and in the one before, each judged by the events of the month alone."""

    slo: Slo
    units: Units
    counts: Counts
    former: Counts
    spent_ratio: Fraction | None
    former_ratio: Fraction | None
    is_kept: bool | None

    @property
    def amounts(self) -> str:
        """What was bad of all, in the units of the SLO: events or minutes."""
        bad, total = self.units.text(self.counts.bad), self.units.text(self.counts.total)
        return f"{bad} of {total} {self.units.plural}"


@dataclass(frozen=True, slots=True)
class Review:
    """All that the page shows; a month that `is_open` is judged so far."""

    service: Service
    month: Month
    start: datetime
    end: datetime
    promises: Sequence[PromiseRow]
    incidents: Sequence[IncidentFacts]
    alerts: Sequence[tuple[str, int]]
    numbers: ServiceDora
    releases: int
    corrections: Sequence[Correction]
    maintenance: Sequence[MaintenanceWindow]
    items: Sequence[object]
    is_open: bool


def review(actor: Actor, service: Service, month: Month, *, now: datetime) -> Review:
    """The review of `service`, which `actor` may see, for a month in the zone of its team, on full hours."""
    zone = service.team.time_zone
    start, end = (floor_to(edge, HOUR) for edge in month.span(zone))
    former = (floor_to(month.former.span(zone)[0], HOUR), start)
    reached = min(end, floor_to(now, HOUR))
    items = postmortems.open_action_items(actor).filter(postmortem__service=service)
    found = releases.recent_releases(service_ids=[service.pk], start=start, end=end)
    return Review(
        service=service,
        month=month,
        start=start,
        end=end,
        promises=[_promise(status.slo, start, reached, former) for status in objectives.statuses_of([service.pk])],
        incidents=incidents.incident_facts(actor, start=start, end=end, service=service.slug),
        alerts=_alerts(actor, service, start, end),
        numbers=dora.of_services([service], start=start, end=end, now=now)[0],
        releases=found.count(),
        corrections=list(adjustments.corrections(actor).filter(service=service, starts_at__lt=end, ends_at__gt=start)),
        maintenance=list(adjustments.windows(actor).filter(service=service, starts_at__lt=end, ends_at__gt=start)),
        items=list(items.select_related("postmortem", "owner")[:20]),
        is_open=now < end,
    )


def _promise(one: Slo, start: datetime, end: datetime, former: tuple[datetime, datetime]) -> PromiseRow:
    counts = counts_of(one.stream_id, start, end) if start < end else Counts()
    before = counts_of(one.stream_id, *former)
    ratio = counts.ratio
    return PromiseRow(
        slo=one,
        units=units_of(one.stream),
        counts=counts,
        former=before,
        spent_ratio=budget_of(counts, one.objective).consumed_ratio,
        former_ratio=budget_of(before, one.objective).consumed_ratio,
        is_kept=None if ratio is None else ratio >= Fraction(one.objective),
    )


def _alerts(actor: Actor, service: Service, start: datetime, end: datetime) -> list[tuple[str, int]]:
    found = oncall.alerts(actor).filter(service=service, started_at__gte=start, started_at__lt=end)
    counts = Counter(found.values_list("severity", flat=True))
    return [(severity, counts[severity]) for severity in ("critical", "warning", "info") if counts[severity]]
