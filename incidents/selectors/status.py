"""What the public may read. Nothing here asks who reads, so nothing here may return what is not public."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from incidents.domain import components
from incidents.domain.updates import PUBLIC
from incidents.models import AffectedService, Incident, IncidentQuerySet, Update
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.errors import NotFound

HISTORY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Component:
    """A public service with its state now and its last 90 days."""

    service: Service
    state: str
    days: list[components.Day]
    up_ratio: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole page."""

    state: str
    description: str
    components: list[Component]
    open_incidents: list[Incident]
    past_incidents: list[Incident]
    updated_at: datetime


def public_incidents(*, since: datetime) -> IncidentQuerySet:
    """Public incidents that were not over before `since`, newest first, with their public updates and services."""
    found = Incident.objects.public().exclude(resolved_at__lt=since)
    updates = Update.objects.filter(audience=PUBLIC)
    affected = AffectedService.objects.filter(service__is_public=True, service__archived_at=None)
    return found.prefetch_related(
        Prefetch("updates", queryset=updates, to_attr="public_updates"),
        Prefetch("affected", queryset=affected.select_related("service"), to_attr="public_affected"),
    )


def public_incident(public_id: str, *, now: datetime) -> Incident:
    """One public incident with `public_updates` and `public_affected`, or NotFound."""
    found = public_incidents(since=now - timedelta(days=36500)).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such incident on this status page.")
    return found


def public_summary(*, now: datetime) -> Summary:
    """Everything that the status page shows at `now`."""
    found = list(public_incidents(since=now - HISTORY))
    outages = _outages(found)
    shown = [_component(service, outages.get(service.pk, []), now) for service in catalog.public_services()]
    state = components.worst(component.state for component in shown)
    open_ones = [incident for incident in found if incident.is_open]
    description = components.DESCRIPTIONS[state]
    if open_ones and state == components.State.OPERATIONAL:
        description = "We are looking into an incident"
    return Summary(
        state=state,
        description=description,
        components=shown,
        open_incidents=open_ones,
        past_incidents=[incident for incident in found if not incident.is_open],
        updated_at=_updated_at(found, now),
    )


def _component(service: Service, outages: list[components.Outage], now: datetime) -> Component:
    current = components.worst(outage.state for outage in outages if outage.end is None)
    since = components.known_since(service.created_at, outages)
    days = components.days(outages, since=since, now=now)
    return Component(service, current, days, components.up_ratio(outages, start=max(since, now - HISTORY), end=now))


def _outages(found: Iterable[Incident]) -> Mapping[int, list[components.Outage]]:
    by_service: defaultdict[int, list[components.Outage]] = defaultdict(list)
    for incident in found:
        start = incident.impact_start_at or incident.declared_at
        end = incident.recovered_at or incident.resolved_at
        for row in getattr(incident, "public_affected", []):
            by_service[row.service_id].append(components.Outage(components.State(row.state), start, end))
    return by_service


def _updated_at(found: Iterable[Incident], now: datetime) -> datetime:
    instants = [update.at for incident in found for update in getattr(incident, "public_updates", [])]
    instants += [incident.declared_at for incident in found]
    return max(instants, default=now)
