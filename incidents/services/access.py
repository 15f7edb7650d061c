"""Who may run an incident, and the row lock under which every write happens."""

from incidents.models import Incident, RoleSpan
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.lib.errors import PreconditionFailed


def may_run(actor: Actor, incident: Incident) -> bool:
    """Responders of the team, and whoever holds a role in the incident now, from whatever team they were called."""
    if actor.may(Role.RESPONDER, incident.team_id):
        return True
    if actor.user_id is None or actor.only_team_id is not None:
        return False
    return RoleSpan.objects.filter(incident=incident, user_id=actor.user_id, ended_at=None).exists()


def lock(actor: Actor, incident: Incident, *, version: int | None = None) -> Incident:
    """The row of `incident`, locked until the transaction ends, for an actor who may run it.

    Raises PermissionDenied, or PreconditionFailed when `version` is not the one that is stored.
    """
    require(actor, incident)
    found = Incident.objects.select_for_update(of=("self",)).select_related("team", "service").get(pk=incident.pk)
    if version is not None and version != found.version:
        raise PreconditionFailed
    return found


def save(incident: Incident, *fields: str) -> None:
    """Stores `fields` as the next version."""
    incident.version += 1
    incident.save(update_fields=[*fields, "version"])


def require(actor: Actor, incident: Incident) -> None:
    """Raises PermissionDenied unless `actor` may run the incident: for pages that only show a form."""
    if not may_run(actor, incident):
        actor.require(Role.RESPONDER, incident.team_id)
