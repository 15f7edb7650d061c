"""Finding domains for those who look after them, archived ones included."""

from django.db.models import QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.lib.errors import NotFound
from shortener.models import Domain, LinkState


def domains(actor: Actor) -> QuerySet[Domain]:
    """Every domain that `actor` may see: those of all teams and those of their own; the ones in service first."""
    found = Domain.objects.select_related("team").order_by("archived_at", "-is_default", "name")
    if actor.is_administrator and actor.only_team_id is None:
        return found
    return found.filter(team=None) | found.filter(team__in=sorted(actor.team_ids))


def get_domain(actor: Actor, name: str) -> Domain:
    """The domain of this name or public id; NotFound when `actor` may not see it."""
    wanted = name if name.isprintable() else ""
    seen = domains(actor)
    found = (seen.filter(public_id=wanted) | seen.filter(name=wanted.lower())).first()
    if found is None:
        raise NotFound("There is no such domain, or you may not see it.")
    return found


def link_count(domain: Domain) -> int:
    """How many links live under a domain, tombstones left out."""
    return domain.links.exclude(state=LinkState.DELETED).count()


def may_change(actor: Actor, domain: Domain) -> bool:
    """Whether `actor` looks after the domain: a manager of its team, or an administrator where it has none."""
    return actor.may(Role.MANAGER, domain.team_id)
