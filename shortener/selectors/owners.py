"""Which team a new link belongs to."""

from django.db.models import Q

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.lib.errors import Invalid


def team_id_for(actor: Actor, name: str = "") -> int:
    """The team of this slug or id, or the first one in which `actor` may make links.

    Raises NotFound for a name that leads nowhere, and Invalid for the field `team` when the actor has no team at all.
    """
    if name.startswith("tem_"):
        return people.team_by_public_id(actor, name).pk
    if name:
        return people.get_team(actor, name).pk
    first = people.teams_where(actor, Role.RESPONDER).order_by("pk").first()
    if first is None:
        raise Invalid(fields={"team": ["Join a team first: links belong to one."]})
    return first.pk


def require_maker(actor: Actor, name: object = None) -> None:
    """Raises PermissionDenied when `actor` may make links in no team, or not in the one that is named.

    Asked before a body is looked at; a name that leads nowhere is left to the body's own check.
    """
    if isinstance(name, str) and name.isprintable():
        team = people.teams(actor).filter(Q(slug=name) | Q(public_id=name)).first()
        if team is not None:
            actor.require(Role.RESPONDER, team.pk)
    elif actor.roles and not any(role >= Role.RESPONDER for role in actor.roles.values()):
        actor.require(Role.RESPONDER, min(actor.roles))
