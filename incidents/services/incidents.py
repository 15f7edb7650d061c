"""Declaring incidents and moving them through their states."""

from datetime import datetime

from django.db import transaction

from incidents.domain import components, states, updates
from incidents.domain.entries import Kind
from incidents.domain.roles import IncidentRole
from incidents.exceptions import WrongState
from incidents.models import AffectedService, Incident, RoleSpan
from incidents.services import access, timeline
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid


@transaction.atomic
def declare(
    *,
    actor: Actor,
    title: str,
    severity: int,
    now: datetime,
    service: Service | None = None,
    team_id: int | None = None,
    is_private: bool = False,
    is_drill: bool = False,
    is_public: bool = False,
    detected_at: datetime | None = None,
    impact_start_at: datetime | None = None,
) -> Incident:
    """Opens an incident of the service's team; whoever declares it commands until they hand over.

    Title, severity and service are enough. The first update is due five minutes later when it is public.
    """
    owner = service.team_id if service is not None else team_id
    if owner is None:
        raise Invalid(fields={"service": ["Name a service or a team."]})
    actor.require(Role.RESPONDER, owner)
    _check(title=title, severity=severity, is_private=is_private, is_public=is_public)
    detected = min(detected_at or now, now)
    incident = Incident.objects.create(
        team_id=owner,
        service=service,
        title=title.strip(),
        severity=severity,
        is_private=is_private,
        is_drill=is_drill,
        is_public=is_public,
        impact_start_at=min(impact_start_at, detected) if impact_start_at else detected,
        detected_at=detected,
        declared_at=now,
        milestone_sources=_guessed(impact_start_at, detected_at),
        next_update_due_at=now + (updates.FIRST_POST if is_public else updates.EVERY),
        created_by_id=actor.user_id,
        created_at=now,
    )
    _begin(actor, incident, now)
    return incident


@transaction.atomic
def change_status(
    *, actor: Actor, incident: Incident, status: str, now: datetime, version: int | None = None
) -> Incident:
    """Moves the incident to `status` with an entry on its timeline; the same status again changes nothing.

    Going back from resolved opens it again, and its resolution and all clear are taken back.
    """
    locked = access.lock(actor, incident, version=version)
    if locked.status == status:
        return locked
    if not states.may_follow(locked.status, status):
        raise WrongState(f"An incident cannot go from {locked.status} to {status}.")
    before = {"status": locked.status}
    _enter(locked, status, now)
    access.save(locked, *STATUS_FIELDS)
    timeline.add_own(
        actor=actor, incident=locked, kind=Kind.STATUS, text=f"Status: {before['status']} to {status}", now=now
    )
    audit.record(
        actor=actor, action="incident.status_changed", target=locked, before=before, after={"status": status}, now=now
    )
    return locked


def resolve(*, actor: Actor, incident: Incident, now: datetime, recovered_at: datetime | None = None) -> Incident:
    """Ends the incident; the service counts as recovered at `recovered_at`, or when it was known to be, or now."""
    with transaction.atomic():
        locked = access.lock(actor, incident)
        if locked.recovered_at is None and states.is_open(locked.status):
            locked.recovered_at = min(recovered_at or now, now)
            access.save(locked, "recovered_at")
        return change_status(actor=actor, incident=locked, status=states.Status.RESOLVED, now=now)


STATUS_FIELDS = (
    "status",
    "resolved_at",
    "recovered_at",
    "closed_at",
    "all_clear_step",
    "follow_up",
    "next_update_due_at",
)


def _enter(incident: Incident, status: str, now: datetime) -> None:
    was_open, incident.status = incident.is_open, status
    if status == states.Status.CLOSED:
        incident.closed_at = now
    elif status == states.Status.RESOLVED:
        incident.resolved_at, incident.next_update_due_at = now, None
        incident.recovered_at = incident.recovered_at or now
    elif not was_open:
        incident.resolved_at = incident.recovered_at = incident.follow_up = None
        incident.all_clear_step = 0
        incident.next_update_due_at = now + updates.EVERY


def _begin(actor: Actor, incident: Incident, now: datetime) -> None:
    if incident.service is not None:
        state = components.default_state(incident.severity)
        AffectedService.objects.create(incident=incident, service=incident.service, state=state)
    kind = "Drill" if incident.is_drill else "Incident"
    timeline.add_own(
        actor=actor, incident=incident, kind=Kind.STATUS, text=f"{kind} declared, SEV{incident.severity}", now=now
    )
    if actor.user_id is not None:
        RoleSpan.objects.create(incident=incident, role=IncidentRole.COMMANDER, user_id=actor.user_id, assumed_at=now)
        timeline.add_own(actor=actor, incident=incident, kind=Kind.ROLE, text=f"{actor.label} commands", now=now)
    after = {"title": incident.title, "severity": incident.severity, "service": str(incident.service or "")}
    audit.record(actor=actor, action="incident.declared", target=incident, after=after, now=now)


def _guessed(impact_start_at: datetime | None, detected_at: datetime | None) -> dict[str, dict[str, str]]:
    given = {"impact_start": impact_start_at, "detected": detected_at}
    found = {
        name: {"source": "alert", "confidence": "measured"} if at else {"source": "declaration", "confidence": "guess"}
        for name, at in given.items()
    }
    return {**found, "declared": {"source": "declaration", "confidence": "measured"}}


def _check(*, title: str, severity: int, is_private: bool, is_public: bool) -> None:
    problems: dict[str, list[str]] = {}
    if not title.strip():
        problems["title"] = ["Say in a few words what is wrong."]
    if severity not in dict(states.SEVERITIES):
        problems["severity"] = ["Choose 1 to 4."]
    if is_private and is_public:
        problems["is_public"] = ["A private incident cannot be on the status page."]
    if problems:
        raise Invalid(fields=problems)
