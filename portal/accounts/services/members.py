"""Who is in a team with which role. A team that has a manager never loses its last one."""

from datetime import datetime

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import AlreadyMember, LastManager
from portal.accounts.models import Membership, Team, User
from portal.accounts.services import audit
from portal.lib.errors import NotFound, PermissionDenied


@transaction.atomic
def add_member(*, actor: Actor, team: Team, user: User, role: Role, now: datetime) -> Membership:
    """Puts a person into a team."""
    actor.require(Role.MANAGER, team.pk)
    _lock(team)
    if Membership.objects.filter(team=team, user=user).exists():
        raise AlreadyMember
    membership = Membership.objects.create(team=team, user=user, role=role)
    audit.record(actor=actor, action="member.added", target=membership, after=shown(membership), now=now)
    return membership


@transaction.atomic
def change_role(*, actor: Actor, team: Team, user: User, role: Role, now: datetime) -> Membership:
    """Gives a member another role; LastManager when nobody would manage the team."""
    actor.require(Role.MANAGER, team.pk)
    membership = _locked_member(team, user)
    if role < Role.MANAGER:
        _keep_a_manager(membership)
    before = shown(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    audit.record(
        actor=actor, action="member.role_changed", target=membership, before=before, after=shown(membership), now=now
    )
    return membership


@transaction.atomic
def remove_member(*, actor: Actor, team: Team, user: User, now: datetime) -> None:
    """Takes a person out of a team; people may also leave by themselves. LastManager for the last one."""
    if actor.user_id != user.pk and not actor.may(Role.MANAGER, team.pk):
        raise PermissionDenied("Only a manager of the team removes somebody else.")
    membership = _locked_member(team, user)
    _keep_a_manager(membership)
    audit.record(actor=actor, action="member.removed", target=membership, before=shown(membership), now=now)
    membership.delete()


def shown(membership: Membership) -> dict[str, object]:
    """What the audit log keeps of a membership."""
    return {"user": membership.user.email, "role": str(membership.role)}


def _lock(team: Team) -> None:
    Team.objects.select_for_update().get(pk=team.pk)


def _locked_member(team: Team, user: User) -> Membership:
    _lock(team)
    found = Membership.objects.select_related("user").filter(team=team, user=user).first()
    if found is None:
        raise NotFound("This person is not in the team.")
    return found


def _keep_a_manager(membership: Membership) -> None:
    if membership.role != Role.MANAGER:
        return
    others = Membership.objects.filter(team_id=membership.team_id, role=Role.MANAGER, user__is_active=True)
    if not others.exclude(pk=membership.pk).exists():
        raise LastManager
