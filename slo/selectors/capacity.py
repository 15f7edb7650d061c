"""Reading resources: their days, their events and their forecast."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.domain.capacity.events import Event
from slo.domain.capacity.fits import Day
from slo.domain.capacity.forecasts import Forecast, forecast
from slo.domain.capacity.plans import ORDERED, Step, limit_on
from slo.exceptions import KnownEventNotFound, ResourceNotFound
from slo.models import KnownEvent, PlanStep, Resource, ResourceDay
from slo.models.capacity import LONGEST_FIT

RECENT = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A resource as it stands on `today`. The open day counts for `current`, not for the forecast."""

    resource: Resource
    today: date
    forecast: Forecast
    limit_on: Callable[[date], Decimal]
    current: Decimal | None
    current_on: date | None

    @property
    def warning_day(self) -> date | None:
        """The day of crossing that the resource warns of."""
        found = self.forecast.crossing
        if found is None:
            return None
        return found.earliest if self.resource.warn_on == "earliest" else found.likely

    @property
    def limit_ahead(self) -> Decimal:
        """The limit that the forecast speaks of: on the day of crossing, or on the last day it looks at."""
        found = self.forecast.crossing
        return self.limit_on(found.likely if found else self.forecast.horizon or self.today)

    @property
    def headroom(self) -> Decimal | None:
        """What is left up to the limit, in units; below zero when it is passed."""
        return None if self.current is None else self.resource.limit - self.current

    @property
    def used_ratio(self) -> Decimal | None:
        """How much of the limit is used."""
        return None if self.current is None else self.current / self.resource.limit

    @property
    def is_over(self) -> bool:
        """Whether the limit is reached now."""
        return self.current is not None and self.current >= self.resource.limit

    @property
    def silent_days(self) -> int:
        """For how many days nothing has come."""
        return 0 if self.current_on is None else max(0, (self.today - self.current_on).days - 1)


def resources(actor: Actor) -> TeamOwnedQuerySet[Resource]:
    """The resources that `actor` may see and that are not archived: what runs out first stands first."""
    found = Resource.objects.visible_to(actor).filter(archived_at=None).select_related("service__team")
    order = ("-is_warning", F("crosses_likely_on").asc(nulls_last=True), "service__tier", "name", "pk")
    return found.order_by(*order)


def get_resource(actor: Actor, public_id: str) -> Resource:
    """One resource, archived ones included; ResourceNotFound when there is none or `actor` may not see it."""
    found = Resource.objects.visible_to(actor).select_related("service__team").filter(public_id=public_id).first()
    if found is None:
        raise ResourceNotFound
    return found


def search(
    found: TeamOwnedQuerySet[Resource], *, text: str = "", service: str = "", state: str = ""
) -> TeamOwnedQuerySet[Resource]:
    """Narrows `found` by words in the name of resource or service, by service slug and by state."""
    if text:
        found = found.filter(Q(name__icontains=text) | Q(service__name__icontains=text))
    if service:
        found = found.filter(service__slug=service)
    return found.filter(state=state) if state else found


def days_of(resource: Resource, *, start: date, end: date) -> list[ResourceDay]:
    """The measured days of `[start, end)` in their order."""
    return list(resource.days.filter(day__gte=start, day__lt=end).order_by("day"))


def series_of(resource: Resource, days: Sequence[ResourceDay]) -> list[Day]:
    """The number of each day that the resource goes by: the maximum or the 95th percentile."""
    return [(row.day, row.p95 if resource.aggregation == "p95" else row.maximum) for row in days]


def events_of(resource: Resource) -> QuerySet[KnownEvent]:
    """The known events that concern a resource: its own and those of its whole service."""
    found = KnownEvent.objects.filter(service_id=resource.service_id, removed_at=None)
    return found.filter(Q(resource=None) | Q(resource=resource))


def get_event(actor: Actor, public_id: str) -> KnownEvent:
    """One known event that was not removed; KnownEventNotFound otherwise."""
    found = KnownEvent.objects.visible_to(actor).filter(removed_at=None).select_related("service", "resource")
    event = found.filter(public_id=public_id).first()
    if event is None:
        raise KnownEventNotFound
    return event


def event_of(row: KnownEvent) -> Event:
    """A row as the arithmetic takes it."""
    return Event(row.name, row.starts_on, row.ends_on, row.multiplier, row.is_yearly)


def step_of(row: PlanStep) -> Step:
    """A row as the arithmetic takes it."""
    return Step(row.due_on, row.cost, row.adds, row.status, row.actual_cost)


def outlook(resource: Resource, *, today: date) -> Outlook:
    """The forecast of a resource from its last `fit_days` closed days; ordered steps of its plans raise the limit."""
    newest = resource.days.filter(day__lte=today).order_by("-day").first()
    end = today if newest is None else min(today, newest.day + timedelta(days=1))
    days = series_of(resource, days_of(resource, start=end - timedelta(days=resource.fit_days), end=end))
    steps = [step_of(row) for row in PlanStep.objects.filter(plan__resource=resource, plan__archived_at=None)]
    limit, ordered = resource.limit, [step for step in steps if step.status == ORDERED]

    def limit_of(day: date) -> Decimal:
        return limit_on(day, limit, ordered)

    return Outlook(
        resource=resource,
        today=today,
        forecast=forecast(days, limit_of, [event_of(row) for row in events_of(resource)]),
        limit_on=limit_of,
        current=series_of(resource, [newest])[0][1] if newest else None,
        current_on=newest.day if newest else None,
    )


def history(resource: Resource, *, today: date) -> list[Day]:
    """The days of the last two years, for graphs and files."""
    rows = days_of(resource, start=today - timedelta(days=LONGEST_FIT), end=today + timedelta(days=1))
    return series_of(resource, rows)


def recent_days(found: Sequence[Resource], *, today: date) -> dict[int, list[Day]]:
    """The last weeks of many resources at once, by primary key."""
    rows: dict[int, list[ResourceDay]] = {resource.pk: [] for resource in found}
    for row in ResourceDay.objects.filter(resource__in=rows, day__gt=today - RECENT).order_by("day"):
        rows[row.resource_id].append(row)
    return {resource.pk: series_of(resource, rows[resource.pk]) for resource in found}


def due(*, today: date, limit: int) -> list[Resource]:
    """Resources whose forecast is of an older day, or was thrown away."""
    stale = Q(forecast_on=None) | Q(forecast_on__lt=today)
    return list(Resource.objects.filter(stale, archived_at=None).order_by("forecast_on", "pk")[:limit])


def to_read(*, today: date, limit: int) -> list[Resource]:
    """Resources whose source has closed days that were not read; those that fail take turns behind the others."""
    found = Resource.objects.filter(archived_at=None, read_until__lt=today).exclude(source="push")
    well = found.filter(problem="").order_by("read_until", "pk")[:limit]
    return [*well, *found.exclude(problem="").order_by("?")[:limit]]
