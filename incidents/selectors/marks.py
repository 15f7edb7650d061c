"""Incidents as other apps draw them on their time axes."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from incidents.selectors.incidents import incidents_of_service
from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service
from slo.domain.annotations import Annotation

MOST = 100


def incident_marks(service: Service, *, actor: Actor, start: datetime, end: datetime) -> Iterator[Annotation]:
    """The incidents of `service` that `actor` may see and that touch `[start, end)`, drills left out."""
    near = Q(declared_at__lt=end) & (Q(resolved_at=None) | Q(resolved_at__gte=start))
    for incident in incidents_of_service(service, actor).filter(near, is_drill=False).distinct()[:MOST]:
        yield Annotation(
            at=incident.impact_start_at or incident.declared_at,
            kind="incident",
            text=f"INC-{incident.number} {incident.title}",
            url=reverse("incident_detail", args=[incident.public_id]),
            until=incident.resolved_at,
        )
