"""What may be read of people and teams."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Invitation, Membership, Team, TeamOwnedQuerySet, User
from portal.lib.errors import NotFound


def team_members(team_id: int) -> QuerySet[User]:
    """The active people of a team, by name."""
    return User.objects.filter(memberships__team_id=team_id, is_active=True).order_by("name", "email")


def users_by_id(ids: Iterable[int]) -> dict[int, User]:
    """People by primary key; ids without a person are left out."""
    return User.objects.in_bulk(set(ids))


def get_user(public_id: str) -> User:
    """The person with this public id, or NotFound."""
    found = User.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such person.")
    return found


def user_by_email(email: str) -> User | None:
    """The person with this mail address, whatever its case."""
    return User.objects.filter(email=email).first()


def everybody() -> QuerySet[User]:
    """Everybody with an account, those that work first, with their memberships and teams."""
    return User.objects.prefetch_related("memberships__team").order_by("-is_active", "name", "email")


def administrators() -> QuerySet[User]:
    """The active administrators, the first one first."""
    return User.objects.filter(is_administrator=True, is_active=True).order_by("pk")


def teams(actor: Actor) -> TeamOwnedQuerySet[Team]:
    """The teams that `actor` may see."""
    return Team.objects.visible_to(actor)


def teams_where(actor: Actor, role: str) -> TeamOwnedQuerySet[Team]:
    """The teams in which `actor` has at least `role`: what a form offers as owners."""
    if actor.is_administrator:
        return teams(actor)
    return teams(actor).filter(pk__in=[pk for pk, held in actor.roles.items() if held >= Role(role)])


def get_team(actor: Actor, slug: str) -> Team:
    """The team with this slug; NotFound when there is none or `actor` may not see it."""
    return _one(teams(actor).filter(slug=slug).first())


def team_by_public_id(actor: Actor, public_id: str) -> Team:
    """The team with this public id; NotFound when there is none or `actor` may not see it."""
    return _one(teams(actor).filter(public_id=public_id).first())


def team_by_reference(actor: Actor, reference: str) -> Team:
    """The team with this slug or public id: what people type and programs send."""
    return _one(teams(actor).filter(Q(slug=reference) | Q(public_id=reference)).first())


def memberships(team: Team) -> QuerySet[Membership]:
    """Who is in the team with which role, by name."""
    return Membership.objects.filter(team=team).select_related("user", "team").order_by("user__name", "user__email")


def get_membership(team: Team, user_id: str) -> Membership:
    """The membership of the person with this public id, or NotFound."""
    found = memberships(team).filter(user__public_id=user_id).first()
    if found is None:
        raise NotFound("This person is not in the team.")
    return found


def open_invitations(team: Team) -> QuerySet[Invitation]:
    """Who was asked to join and has not answered."""
    return Invitation.objects.filter(team=team, accepted_at=None).order_by("-pk")


def _one(team: Team | None) -> Team:
    if team is None:
        raise NotFound("There is no such team, or you may not see it.")
    return team
