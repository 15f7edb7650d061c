"""Alerts that become incidents, or join one."""

from datetime import datetime
from typing import Protocol

from django.db import transaction

from incidents.models import Incident, IncidentAlert
from incidents.services import access, incidents
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service


class AlertFacts(Protocol):
    """What is read of an alert of `oncall`."""

    @property
    def pk(self) -> int: ...
    @property
    def team_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def service(self) -> Service | None: ...
    @property
    def started_at(self) -> datetime: ...


@transaction.atomic
def from_alert(
    *,
    actor: Actor,
    alert: AlertFacts,
    now: datetime,
    title: str = "",
    severity: int | None = None,
    service: Service | None = None,
    is_private: bool = False,
    is_drill: bool = False,
    is_public: bool = False,
) -> Incident:
    """Declares an incident for `alert`; an alert that belongs to an open incident leads to that one instead."""
    found = Incident.objects.visible_to(actor).open().filter(alert_links__alert_id=alert.pk).first()
    if found is not None:
        return found
    incident = incidents.declare(
        actor=actor,
        title=title or alert.title[:140],
        severity=severity or (2 if alert.severity == "critical" else 3),
        service=service or alert.service,
        team_id=alert.team_id,
        detected_at=alert.started_at,
        is_private=is_private,
        is_drill=is_drill,
        is_public=is_public,
        now=now,
    )
    return link_alert(actor=actor, incident=incident, alert=alert, now=now)


@transaction.atomic
def link_alert(*, actor: Actor, incident: Incident, alert: AlertFacts, now: datetime) -> Incident:
    """Makes `alert` part of the incident; its whole history comes with the next sweep. Twice changes nothing."""
    locked = access.lock(actor, incident)
    _, made = IncidentAlert.objects.get_or_create(incident=locked, alert_id=alert.pk, defaults={"linked_at": now})
    if made:
        locked.timeline_swept_at = None
        access.save(locked, "timeline_swept_at")
        audit.record(actor=actor, action="incident.alert_linked", target=locked, after={"alert": alert.title}, now=now)
    return locked
