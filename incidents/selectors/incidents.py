"""What may be read of incidents. Everything starts with `visible_to`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from incidents.models import Incident, IncidentQuerySet, RoleSpan
from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service
from portal.lib.errors import NotFound

OPEN_FIRST = 5


def incidents(actor: Actor) -> IncidentQuerySet:
    """All incidents that `actor` may see, the newest first."""
    return Incident.objects.visible_to(actor).select_related("team", "service")


def get_incident(actor: Actor, public_id: str) -> Incident:
    """One incident; NotFound when there is none or `actor` may not see it."""
    found = incidents(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such incident, or you may not see it.")
    return found


def search(
    found: IncidentQuerySet,
    *,
    text: str = "",
    status: str = "",
    severity: int | None = None,
    service: str = "",
    team: str = "",
) -> IncidentQuerySet:
    """Narrows `found`; `status` is one status, or `open`, or `drill`; `text` also finds `INC-12`."""
    if text:
        number = text.upper().removeprefix("INC-").removeprefix("#")
        words = Q(title__icontains=text) | Q(summary__icontains=text)
        found = found.filter(
            words | Q(number=int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else words
        )
    if status == "open":
        found = found.open()
    elif status == "drill":
        found = found.filter(is_drill=True)
    elif status:
        found = found.filter(status=status)
    if severity:
        found = found.filter(severity=severity)
    if service:
        found = found.filter(affected__service__slug=service)
    return found.filter(team__slug=team) if team else found


def open_incidents(actor: Actor) -> IncidentQuerySet:
    """What is going on now, the worst first, with the commander at hand as `commanders`."""
    return with_commander(incidents(actor).open()).order_by("severity", "-declared_at")


def overdue_updates(actor: Actor, now: datetime) -> IncidentQuerySet:
    """Open incidents whose promised update is late, the longest overdue first."""
    return incidents(actor).open().filter(next_update_due_at__lte=now).order_by("next_update_due_at")


def with_commander(found: IncidentQuerySet) -> IncidentQuerySet:
    """The same incidents with their present commander prefetched as the list `commanders`."""
    spans = RoleSpan.objects.filter(role="commander", ended_at=None).select_related("user")
    return found.prefetch_related(Prefetch("role_spans", queryset=spans, to_attr="commanders"))


def incidents_of_service(service: Service, actor: Actor) -> IncidentQuerySet:
    """The incidents that hit `service`."""
    return incidents(actor).filter(affected__service=service)


def incidents_by_id(actor: Actor, ids: Iterable[int]) -> IncidentQuerySet:
    """The visible ones of these primary keys."""
    return incidents(actor).filter(pk__in=list(ids))


def service_panel(service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The panel of a service's page: what is open, and the last ones."""
    found = list(incidents_of_service(service, actor)[:OPEN_FIRST])
    return {"incidents": found, "now": now}
