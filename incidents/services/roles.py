"""Who holds which role: always one person, and every handover is announced on the timeline."""

from datetime import datetime

from django.db import transaction

from incidents.domain.entries import Kind
from incidents.domain.roles import IncidentRole
from incidents.exceptions import WrongState
from incidents.models import Incident, RoleSpan
from incidents.services import access, timeline
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.services import audit
from portal.lib.errors import Invalid


@transaction.atomic
def hand_over(*, actor: Actor, incident: Incident, role: str, user: User, now: datetime) -> RoleSpan:
    """Gives `role` to `user` from now on; to the one who holds it already changes nothing.

    Raises WrongState once the incident is closed.
    """
    locked = access.lock(actor, incident)
    if role not in list(IncidentRole):
        raise Invalid(fields={"role": ["There is no such role."]})
    if locked.closed_at is not None:
        raise WrongState("The incident is closed.")
    held = RoleSpan.objects.select_related("user").filter(incident=locked, role=role, ended_at=None).first()
    if held is not None and held.user_id == user.pk:
        return held
    if held is not None:
        held.ended_at = max(now, held.assumed_at)
        held.save(update_fields=["ended_at"])
    span = RoleSpan.objects.create(incident=locked, role=role, user=user, assumed_at=now)
    before = str(held.user) if held else ""
    text = f"{role.capitalize()}: {before} hands over to {user}" if before else f"{role.capitalize()}: {user}"
    timeline.add_own(actor=actor, incident=locked, kind=Kind.ROLE, text=text, now=now)
    audit.record(
        actor=actor,
        action="incident.handed_over",
        target=locked,
        before={role: before},
        after={role: str(user)},
        now=now,
    )
    return span
