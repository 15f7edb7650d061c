"""Changes to what an incident says of itself: words, flags, affected services, milestones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from incidents.domain import milestones, states
from incidents.domain.entries import Kind
from incidents.exceptions import ImpossibleTimes
from incidents.models import AffectedService, Incident
from incidents.services import access, incidents, timeline
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid

EDITABLE = (
    "title",
    "summary",
    "severity",
    "is_private",
    "is_drill",
    "is_public",
    "public_title",
    "cause_key",
)


@transaction.atomic
def edit(
    *, actor: Actor, incident: Incident, changes: Mapping[str, Any], now: datetime, version: int | None = None
) -> Incident:
    """Stores the given ones of the editable fields; a new severity is announced on the timeline."""
    locked = access.lock(actor, incident, version=version)
    changed = {name: value for name, value in changes.items() if name in EDITABLE and value != getattr(locked, name)}
    if not changed:
        return locked
    before = {name: getattr(locked, name) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    _check(locked)
    access.save(locked, *changed)
    if "severity" in changed:
        text = f"Severity: SEV{before['severity']} to SEV{locked.severity}"
        timeline.add_own(actor=actor, incident=locked, kind=Kind.STATUS, text=text, now=now)
    audit.record(actor=actor, action="incident.edited", target=locked, before=before, after=changed, now=now)
    return locked


@transaction.atomic
def change(
    *,
    actor: Actor,
    incident: Incident,
    changes: Mapping[str, Any],
    instants: Mapping[str, datetime | None],
    now: datetime,
    status: str = "",
    version: int | None = None,
) -> Incident:
    """Facts, milestones and status in one step: all of it is stored, or nothing."""
    changed = edit(actor=actor, incident=incident, changes=changes, version=version, now=now)
    changed = set_milestones(actor=actor, incident=changed, instants=instants, now=now)
    if status:
        return incidents.change_status(actor=actor, incident=changed, status=status, now=now)
    return changed


@transaction.atomic
def set_milestones(
    *,
    actor: Actor,
    incident: Incident,
    instants: Mapping[str, datetime | None],
    now: datetime,
    confidence: str = "known",
) -> Incident:
    """Sets the named milestones, also long after; metrics follow. Impossible orders are refused."""
    locked = access.lock(actor, incident)
    changed = {
        name: at for name, at in instants.items() if name in milestones.NAMES and at != locked.milestones.at(name)
    }
    if not changed:
        return locked
    before = {name: locked.milestones.at(name) for name in changed}
    for name, at in changed.items():
        setattr(locked, f"{name}_at", at)
        locked.milestone_sources[name] = {"source": actor.label, "confidence": confidence}
    _check_times(locked, now)
    access.save(locked, *[f"{name}_at" for name in changed], "milestone_sources")
    for name, at in changed.items():
        words = f"{milestones.LABELS[name]}: {at:%Y-%m-%d %H:%M} UTC" if at else f"{milestones.LABELS[name]}: unknown"
        timeline.add_own(actor=actor, incident=locked, kind=Kind.MILESTONE, text=words, now=now)
    audit.record(actor=actor, action="incident.milestones_set", target=locked, before=before, after=changed, now=now)
    return locked


@transaction.atomic
def set_affected(*, actor: Actor, incident: Incident, states_of: Mapping[Service, str], now: datetime) -> Incident:
    """Replaces the affected services by these, each with the state that the status page shows."""
    locked = access.lock(actor, incident)
    before = {str(row.service): row.state for row in locked.affected.select_related("service")}
    locked.affected.all().delete()
    AffectedService.objects.bulk_create(
        AffectedService(incident=locked, service=service, state=state) for service, state in states_of.items()
    )
    after = {str(service): state for service, state in states_of.items()}
    if before != after:
        locked.timeline_swept_at = None
        access.save(locked, "timeline_swept_at")
        audit.record(actor=actor, action="incident.affected_set", target=locked, before=before, after=after, now=now)
    return locked


def _check(incident: Incident) -> None:
    problems: dict[str, list[str]] = {}
    if not incident.title.strip():
        problems["title"] = ["Say in a few words what is wrong."]
    if incident.severity not in dict(states.SEVERITIES):
        problems["severity"] = ["Choose 1 to 4."]
    if incident.is_public and incident.is_private:
        problems["is_public"] = ["A private incident cannot be on the status page."]
    if problems:
        raise Invalid(fields=problems)


def _check_times(incident: Incident, now: datetime) -> None:
    found = {f"{name}_at": [text] for name, text in milestones.problems(incident.milestones).items()}
    for name, at in milestones.reached(incident.milestones):
        if at > now + timeline.SKEW:
            found[f"{name}_at"] = ["This is in the future."]
    if incident.milestones.declared is None:
        found["declared_at"] = ["An incident was declared at some time."]
    if found:
        raise ImpossibleTimes(fields=found)
