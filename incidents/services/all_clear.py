"""The all clear in two steps: it should be fixed; it is fixed, with whether a follow-up comes."""

from datetime import datetime

from django.db import transaction

from incidents.domain import states, updates
from incidents.exceptions import NotAllClear, WrongState
from incidents.models import Incident
from incidents.services import access, incidents
from incidents.services import updates as updates_service
from portal.accounts.domain.actors import Actor


@transaction.atomic
def should_be_fixed(*, actor: Actor, incident: Incident, now: datetime, text: str = "") -> Incident:
    """First step: the incident is mitigated and watched, and everybody is told; again changes nothing."""
    locked = access.lock(actor, incident)
    if not locked.is_open:
        raise WrongState("The incident is over.")
    if locked.all_clear_step:
        return locked
    locked.all_clear_step = 1
    locked.mitigated_at = locked.mitigated_at or now
    access.save(locked, "all_clear_step", "mitigated_at")
    locked = incidents.change_status(actor=actor, incident=locked, status=states.Status.MONITORING, now=now)
    _tell(actor, locked, text or "This should be fixed. We keep watching it.", now)
    return locked


@transaction.atomic
def is_fixed(
    *,
    actor: Actor,
    incident: Incident,
    follow_up: bool,
    now: datetime,
    text: str = "",
    recovered_at: datetime | None = None,
) -> Incident:
    """Second step: the incident is resolved and everybody is told whether a follow-up comes; again changes nothing."""
    locked = access.lock(actor, incident)
    if locked.all_clear_step == 2:
        return locked
    if locked.all_clear_step == 0:
        raise NotAllClear
    locked.all_clear_step, locked.follow_up = 2, follow_up
    access.save(locked, "all_clear_step", "follow_up")
    locked = incidents.resolve(actor=actor, incident=locked, recovered_at=recovered_at, now=now)
    ending = "A follow-up will come." if follow_up else "No follow-up is planned."
    _tell(actor, locked, f"{text or 'This is fixed.'} {ending}", now)
    return locked


def _tell(actor: Actor, incident: Incident, text: str, now: datetime) -> None:
    audience = updates.PUBLIC if incident.is_public else updates.INTERNAL
    updates_service.write(actor=actor, incident=incident, text=text, audience=audience, now=now)
