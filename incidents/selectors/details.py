"""What the page of one incident shows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from incidents.domain import dependencies, milestones, roles
from incidents.models import AffectedService, Incident, RoleSpan, TimelineEntry, Update
from oncall.selectors import alerts as fired
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.lib.errors import NotFound
from slo import selectors as slo

CHANGES_BEFORE = timedelta(hours=24)


def changes(incident: Incident, *, actor: Actor, now: datetime) -> list[Any]:
    """What changed: releases of the affected services and of all they need, from a day before, the newest first.

    Only those of services that `actor` may see.
    """
    affected = [row.service_id for row in incident.affected.all()]
    services = sorted(catalog.visible_ids(actor, dependencies.reachable(affected, catalog.edges())))
    start = (incident.impact_start_at or incident.declared_at) - CHANGES_BEFORE
    end = incident.resolved_at or now
    if not services or end <= start:
        return []
    found = slo.recent_releases(service_ids=services, start=start, end=end)
    return sorted(found, key=lambda release: release.started_at, reverse=True)


def versions(incident: Incident, *, actor: Actor, now: datetime) -> list[tuple[str, list[Any]]]:
    """Which share of the instances of each affected service runs which version; without services of which none told."""
    rows = {row.service_id: row.service.name for row in incident.affected.all()}
    found = slo.shares_of(catalog.visible_ids(actor, rows), now=now)
    return sorted((rows[service_id], shares) for service_id, shares in found.items())


def entries(incident: Incident, *, starred: bool = False) -> QuerySet[TimelineEntry]:
    """The timeline in the order of time, each entry with its star and what corrects it."""
    corrections = TimelineEntry.objects.order_by("pk")
    found = TimelineEntry.objects.filter(incident=incident).select_related("star", "corrects")
    found = found.prefetch_related(Prefetch("corrections", queryset=corrections))
    return found.filter(star__isnull=False) if starred else found


def get_entry(incident: Incident, public_id: str) -> TimelineEntry:
    """One entry of this incident, or NotFound."""
    found = TimelineEntry.objects.filter(incident=incident, public_id=public_id).select_related("incident").first()
    if found is None:
        raise NotFound("There is no such entry on this timeline.")
    return found


def updates(incident: Incident, *, audience: str = "") -> QuerySet[Update]:
    """The updates, the newest first."""
    found = Update.objects.filter(incident=incident)
    return found.filter(audience=audience) if audience else found


def role_holders(incident: Incident) -> list[tuple[str, str, RoleSpan | None]]:
    """(role, what it is for, who holds it now) for every role."""
    spans = RoleSpan.objects.filter(incident=incident, ended_at=None).select_related("user")
    held = {span.role: span for span in spans}
    return [(role.value, roles.MEANING[role], held.get(role)) for role in roles.IncidentRole]


def spans(incident: Incident) -> QuerySet[RoleSpan]:
    """Who held which role when, oldest first."""
    return RoleSpan.objects.filter(incident=incident).select_related("user")


def alerts(incident: Incident, actor: Actor) -> list[Any]:
    """The alerts that belong to the incident and that `actor` may see, oldest first."""
    linked = incident.alert_links.values("alert_id")
    return list(fired.alerts(actor).filter(pk__in=linked).order_by("started_at", "pk"))


def affected(incident: Incident, actor: Actor) -> list[AffectedService]:
    """The affected services that `actor` may see, with their states."""
    rows = list(incident.affected.select_related("service"))
    visible = catalog.visible_ids(actor, [row.service_id for row in rows])
    return [row for row in rows if row.service_id in visible]


def shown_milestones(incident: Incident) -> list[Mapping[str, Any]]:
    """Each milestone, known or not, with its source and confidence."""
    return [
        {
            "name": name,
            "label": milestones.LABELS[name],
            "at": incident.milestones.at(name),
            **incident.milestone_sources.get(name, {}),
        }
        for name in milestones.NAMES
    ]


def durations(incident: Incident, *, now: datetime) -> list[tuple[milestones.Measure, milestones.Length]]:
    """The measures that have begun, open ones as a lower bound."""
    found = [(measure, milestones.length(incident.milestones, measure, now=now)) for measure in milestones.MEASURES]
    return [(measure, length) for measure, length in found if length is not None]
