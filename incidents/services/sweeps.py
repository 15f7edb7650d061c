"""Fills timelines from the facts of other apps.

Each incident has a cursor of its own, read with an overlap; unique keys make repeats harmless.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from incidents.domain import dependencies, entries
from incidents.models import Incident, IncidentAlert
from incidents.services import access, timeline
from incidents.services.timeline import Fact
from oncall import selectors as oncall
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from slo import selectors as slo

OVERLAP = timedelta(minutes=10)
AFTERMATH = timedelta(hours=2)
RELEASES_BEFORE = timedelta(hours=2)
BATCH = 500
logger = logging.getLogger(__name__)

SWEEPER = Actor.system("timeline sweep")


def collect_timelines_due(*, now: datetime) -> int:
    """Brings the timelines of open and just resolved incidents up to `now`; says how many it looked at.

    Facts are read from each incident's cursor minus ten minutes, because their rows may commit late. An incident that
    fails keeps its cursor and does not hold up the others.
    """
    due = list(_due(now))
    if not due:
        return 0
    edges = catalog.edges()
    events = _events_since(min(_from(incident) for incident in due))
    for incident in due:
        _collect_safely(incident, events=events, edges=edges, now=now)
    return len(due)


def what_it_leans_on(incident: Incident, edges: Iterable[tuple[int, int]]) -> list[int]:
    """The affected services and everything that they need."""
    return sorted(dependencies.reachable([row.service_id for row in incident.affected.all()], edges))


def _due(now: datetime) -> QuerySet[Incident]:
    fresh = Q(resolved_at__gte=now - AFTERMATH, closed_at=None)
    never = Q(timeline_swept_at=None, closed_at=None)
    found = Incident.objects.filter(Q(pk__in=Incident.objects.open().values("pk")) | fresh | never)
    return found.prefetch_related("affected", "alert_links__alert").order_by("pk")


def _from(incident: Incident) -> datetime:
    if incident.timeline_swept_at is not None:
        return incident.timeline_swept_at - OVERLAP
    alerts = [link.alert.started_at for link in incident.alert_links.all()]
    known = [at for at in (incident.impact_start_at, incident.declared_at, *alerts) if at is not None]
    return min(known) - OVERLAP


def _events_since(at: datetime) -> list[Any]:
    found: dict[int, Any] = {}
    while True:
        page = oncall.alert_events_since(at, BATCH)
        news = [event for event in page if event.pk not in found]
        found.update((event.pk, event) for event in news)
        if len(page) < BATCH or not news:
            return list(found.values())
        at = page[-1].at


def _collect_safely(incident: Incident, *, events: list[Any], edges: list[tuple[int, int]], now: datetime) -> None:
    try:
        _collect(incident, events=events, edges=edges, now=now)
    except Exception:
        logger.exception("The timeline of %s could not be filled; the next sweep tries again.", incident.public_id)


@transaction.atomic
def _collect(incident: Incident, *, events: list[Any], edges: list[tuple[int, int]], now: datetime) -> None:
    locked = access.lock(SWEEPER, incident)
    mine = _of(incident, events, now)
    timeline.add_facts(incident=locked, facts=[*_alert_facts(mine), *_release_facts(incident, edges, now)], now=now)
    _acknowledge(locked, mine)
    if locked.timeline_swept_at == incident.timeline_swept_at:
        locked.timeline_swept_at = now
    locked.save(update_fields=["timeline_swept_at", "acknowledged_at", "milestone_sources"])


def _of(incident: Incident, events: list[Any], now: datetime) -> list[Any]:
    """The events of linked alerts, and of alerts that fire at an affected service meanwhile, which become linked."""
    since = _from(incident)
    until = incident.resolved_at or now
    linked = {link.alert_id for link in incident.alert_links.all()}
    services = {row.service_id for row in incident.affected.all()}
    fired = {
        event.alert_id
        for event in events
        if event.kind == "fired" and event.alert.service_id in services and since <= event.at < until
    }
    new = fired - linked
    IncidentAlert.objects.bulk_create(
        [IncidentAlert(incident=incident, alert_id=pk, linked_at=now) for pk in sorted(new)], ignore_conflicts=True
    )
    return [event for event in events if event.alert_id in linked | new and event.at >= since]


def _alert_facts(events: list[Any]) -> Iterable[Fact]:
    for event in events:
        if event.kind in entries.shown_alert_events():
            kind, text = entries.alert_entry(event.kind, event.alert.title, event.detail)
            url = _evidence(f"/alerts/{event.alert.public_id}/")
            yield Fact(event.at, kind, entries.ONCALL, f"event:{event.pk}", text, event.actor, url)


def _release_facts(incident: Incident, edges: list[tuple[int, int]], now: datetime) -> Iterable[Fact]:
    start = _from(incident) - RELEASES_BEFORE
    end = incident.resolved_at or now
    services = what_it_leans_on(incident, edges)
    if not services or end <= start:
        return
    for release in slo.recent_releases(service_ids=services, start=start, end=end):
        text = f"Release of {release.service}: {release.version}"
        url = release.url or _evidence(f"/releases/?service={release.service.slug}")
        yield Fact(release.started_at, entries.Kind.RELEASE, entries.SLO, release.public_id, text, release.author, url)


def _acknowledge(incident: Incident, events: list[Any]) -> None:
    acks = [event.at for event in events if event.kind == "acknowledged"]
    if incident.acknowledged_at is not None or not acks:
        return
    first = min(acks)
    if incident.detected_at is not None and first < incident.detected_at:
        return
    incident.acknowledged_at = first
    incident.milestone_sources["acknowledged"] = {"source": "alert", "confidence": "measured"}


def _evidence(path: str) -> str:
    return f"{settings.PORTAL_BASE_URL}{path}"
