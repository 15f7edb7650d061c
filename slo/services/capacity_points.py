"""The points of resources: pushed or uploaded, kept per instant for a while and per day for ever."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from slo.domain.capacity.days import DayNumbers, numbers_of
from slo.domain.capacity.points import SHOWN_PROBLEMS, Reading
from slo.models import Resource, ResourceDay, ResourceSample
from slo.services import resources, shortages

KEPT = timedelta(days=45)
LARGEST = Decimal(10) ** 17
SMALLEST = Decimal("0.000001")
AHEAD = timedelta(days=1)
BATCH = 10_000


@transaction.atomic
def push_points(*, actor: Actor, resource: Resource, readings: Sequence[Reading], now: datetime) -> int:
    """Stores values by their instants and sums up the days they lie in; returns how many days those are.

    The same instant again replaces its value, so that a repeat changes nothing; of several in one call the last counts.
    Of a day that is older than samples are kept, only what comes now counts.
    """
    resource = resources.locked(resource)
    found = problems(readings, now=now)
    if found:
        raise Invalid(fields={"points": found})
    latest = {at: kept(value) for at, value in readings}
    if not latest:
        return 0
    rows = [ResourceSample(resource=resource, at=at, value=value) for at, value in latest.items()]
    ResourceSample.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["resource", "at"], update_fields=["value"], batch_size=1000
    )
    days = {at.date() for at in latest}
    set_days(resource, _summed(resource, days))
    audit.record(
        actor=actor,
        action="resource.points_pushed",
        target=resource,
        after={"points": len(latest), "from": min(days), "to": max(days)},
        now=now,
    )
    shortages.refresh(resource, now=now)
    return len(days)


def kept(value: Decimal) -> Decimal:
    """A value with the six places that are stored."""
    return value.quantize(SMALLEST)


def problems(readings: Sequence[Reading], *, now: datetime) -> list[str]:
    """What cannot be stored, by position, counted from 0."""
    found = [
        f"Point {number}: {text}" for number, reading in enumerate(readings) if (text := problem(reading, now=now))
    ]
    return found if len(found) <= SHOWN_PROBLEMS else [*found[:SHOWN_PROBLEMS], "More points are wrong."]


def problem(reading: Reading, *, now: datetime) -> str:
    """What is wrong with one reading, empty when it can be stored."""
    at, value = reading
    if at > now + AHEAD:
        return "the day lies in the future."
    return "" if abs(value) < LARGEST else "the value lies between -10^17 and 10^17."


def set_days(resource: Resource, days: Iterable[DayNumbers]) -> None:
    """Writes days by their date; one that is there is replaced. In the caller's transaction."""
    rows = [ResourceDay(resource=resource, day=one.day, maximum=one.maximum, p95=one.p95, n=one.n) for one in days]
    ResourceDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["resource", "day"],
        update_fields=["maximum", "p95", "n"],
        batch_size=1000,
    )


def forget_samples(*, now: datetime) -> int:
    """Deletes samples whose days are old; the days stay."""
    old: QuerySet[ResourceSample] = ResourceSample.objects.filter(at__lt=now - KEPT).order_by("at")
    return ResourceSample.objects.filter(pk__in=old.values("pk")[:BATCH]).delete()[0]


def _summed(resource: Resource, days: set[date]) -> list[DayNumbers]:
    """The days computed from all samples that are there."""
    values: dict[date, list[Decimal]] = {day: [] for day in days}
    start, end = _midnight(min(days)), _midnight(max(days)) + timedelta(days=1)
    for at, value in resource.samples.filter(at__gte=start, at__lt=end).values_list("at", "value"):
        day = at.astimezone(UTC).date()
        if day in values:
            values[day].append(value)
    return [numbers_of(day, found) for day, found in values.items()]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
