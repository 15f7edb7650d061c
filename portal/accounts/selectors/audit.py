"""Reading the audit log."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import AuditEntry, TeamOwnedQuerySet
from portal.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for; an empty field does not narrow. The span is [since, until)."""

    actor: str = ""
    action: str = ""
    target: str = ""
    team: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(actor: Actor) -> TeamOwnedQuerySet[AuditEntry]:
    """The entries that `actor` may read, newest first: their own, and those of teams that they manage."""
    found = AuditEntry.objects.select_related("team", "user")
    if actor.only_team_id is not None:
        found = found.filter(team_id=actor.only_team_id)
    if actor.is_administrator:
        return found
    managed = [team_id for team_id, role in actor.roles.items() if role >= Role.MANAGER]
    own = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk=None)
    return found.filter(own | Q(team_id__in=managed))


def narrowed(found: TeamOwnedQuerySet[AuditEntry], where: AuditFilter) -> TeamOwnedQuerySet[AuditEntry]:
    """`found` narrowed by actor (label or mail), action or its noun, target (id or label), team slug and time."""
    conditions = [
        (where.actor, Q(actor_label__icontains=where.actor) | Q(user__email__iexact=where.actor)),
        (where.action, Q(action=where.action) | Q(action__startswith=f"{where.action}.")),
        (where.target, Q(target_id=where.target) | Q(target_label__icontains=where.target)),
        (where.team, Q(team__slug=where.team)),
        (where.since, Q(at__gte=where.since)),
        (where.until, Q(at__lt=where.until)),
    ]
    for given, condition in conditions:
        found = found.filter(condition) if given else found
    return found


def get_entry(actor: Actor, public_id: str) -> AuditEntry:
    """One entry, or NotFound."""
    found = entries(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such entry, or you may not see it.")
    return found


def known_actions() -> list[str]:
    """The actions that occur, for a filter's list."""
    return list(AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct())
