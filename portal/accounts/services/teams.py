"""Making and changing teams."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.domain import slugs
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import NameTaken
from portal.accounts.models import Membership, Team, User
from portal.accounts.services import audit, users
from portal.lib.errors import Invalid, PreconditionFailed


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What a team is called and who may read its things."""

    name: str
    slug: str
    time_zone: str = "UTC"
    is_private: bool = False


@transaction.atomic
def create_team(*, actor: Actor, facts: TeamFacts, now: datetime, manager: User | None = None) -> Team:
    """Makes a team, with `manager` as its first member where one is given."""
    actor.require_administrator()
    _check(facts)
    team = Team.objects.create(**asdict(facts))
    audit.record(actor=actor, action="team.created", target=team, after=shown(team), now=now)
    if manager is not None:
        membership = Membership.objects.create(team=team, user=manager, role=Role.MANAGER)
        after = {"user": manager.email, "role": membership.role}
        audit.record(actor=actor, action="member.added", target=membership, after=after, now=now)
    return team


@transaction.atomic
def update_team(
    *, actor: Actor, team: Team, facts: TeamFacts, now: datetime, expected_version: int | None = None
) -> Team:
    """Changes a team; PreconditionFailed when somebody else did since `expected_version`."""
    actor.require(Role.MANAGER, team.pk)
    locked = Team.objects.select_for_update().get(pk=team.pk)
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    _check(facts, besides=locked)
    before = shown(locked)
    for name, value in asdict(facts).items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    audit.record(actor=actor, action="team.updated", target=locked, before=before, after=shown(locked), now=now)
    return locked


def shown(team: Team) -> dict[str, object]:
    """What the audit log keeps of a team."""
    return asdict(facts_of(team))


def facts_of(team: Team) -> TeamFacts:
    """The facts as they are stored."""
    return TeamFacts(name=team.name, slug=team.slug, time_zone=team.time_zone, is_private=team.is_private)


def _check(facts: TeamFacts, besides: Team | None = None) -> None:
    users.check_zone(facts.time_zone)
    if wrong := slugs.problems(facts.slug):
        raise Invalid(fields={"slug": wrong})
    others = Team.objects.exclude(pk=besides.pk) if besides else Team.objects.all()
    taken = {
        name: ["Another team has this already."]
        for name, exists in (
            ("name", others.filter(name__iexact=facts.name).exists()),
            ("slug", others.filter(slug=facts.slug).exists()),
        )
        if exists
    }
    if taken:
        raise NameTaken(fields=taken)
