"""Which team a new link belongs to."""

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
