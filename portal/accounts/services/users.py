"""Making and changing people."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import LastAdministrator, LastManager
from portal.accounts.models import Membership, Team, User
from portal.accounts.services import audit
from portal.lib.errors import Conflict, Invalid, PermissionDenied
from portal.lib.times import zone


@transaction.atomic
def create_user(
    *, actor: Actor, email: str, name: str, now: datetime, password: str | None = None, **fields: Any
) -> User:
    """Makes a person whose address counts as verified: only the portal itself and invitations call this."""
    if User.objects.filter(email=email).exists():
        raise Conflict("There is an account with this mail address.")
    user = User.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    audit.record(actor=actor, action="user.created", target=user, after=shown(user), now=now)
    return user


def ensure_administrator(*, email: str, password: str, now: datetime) -> tuple[User, bool]:
    """The first administrator and whether it was made just now; an account that exists keeps its password."""
    existing = User.objects.filter(email=email).first()
    if existing is not None:
        return existing, False
    made = create_user(
        actor=Actor.system("setup"),
        email=email,
        name="Administrator",
        password=password,
        now=now,
        is_administrator=True,
    )
    return made, True


@transaction.atomic
def update_profile(*, actor: Actor, user: User, name: str, time_zone: str, now: datetime) -> User:
    """Changes what a person says about themselves."""
    if actor.user_id != user.pk and not actor.is_administrator:
        raise PermissionDenied("People change their own profile.")
    check_zone(time_zone)
    before = shown(user)
    user.name, user.time_zone = name.strip(), time_zone
    user.save(update_fields=["name", "time_zone"])
    audit.record(actor=actor, action="user.updated", target=user, before=before, after=shown(user), now=now)
    return user


@transaction.atomic
def set_active(*, actor: Actor, user: User, is_active: bool, now: datetime) -> User:
    """Ends or restores an account; its sessions and tokens stop working with it. Nobody ends their own.

    LastManager and LastAdministrator when a team, or the portal, would be left without one.
    """
    actor.require_administrator()
    if actor.user_id == user.pk:
        raise Invalid("Nobody ends their own account; ask another administrator.")
    if not is_active:
        _keep_an_administrator(user)
        _keep_managers(user)
    before = shown(user)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    audit.record(actor=actor, action="user.updated", target=user, before=before, after=shown(user), now=now)
    return user


@transaction.atomic
def set_administrator(*, actor: Actor, user: User, is_administrator: bool, now: datetime) -> User:
    """Makes a person an administrator, or one no longer; LastAdministrator for the last one that works."""
    actor.require_administrator()
    if is_administrator and not user.is_active:
        raise Invalid("This account has ended; restore it first.")
    if not is_administrator:
        _keep_an_administrator(user)
    before = shown(user)
    user.is_administrator = is_administrator
    user.save(update_fields=["is_administrator"])
    audit.record(actor=actor, action="user.updated", target=user, before=before, after=shown(user), now=now)
    return user


def check_zone(name: str) -> None:
    """Raises Invalid for a name that is no IANA zone."""
    try:
        zone(name)
    except ValueError as error:
        raise Invalid(fields={"time_zone": [str(error)]}) from error


def shown(user: User) -> dict[str, object]:
    """What the audit log keeps of a person."""
    return {
        "name": user.name,
        "email": user.email,
        "time_zone": user.time_zone,
        "is_active": user.is_active,
        "is_administrator": user.is_administrator,
    }


def _keep_an_administrator(user: User) -> None:
    """Locks all administrators in one order, so that two of them cannot unmake each other."""
    working = User.objects.select_for_update().filter(is_administrator=True, is_active=True).order_by("pk")
    if {found.pk for found in working} == {user.pk}:
        raise LastAdministrator


def _keep_managers(user: User) -> None:
    """Locks the teams that this person manages, as every change of members does."""
    managed = Team.objects.filter(memberships__user=user, memberships__role=Role.MANAGER).order_by("pk")
    managers = Membership.objects.filter(role=Role.MANAGER, user__is_active=True).exclude(user=user)
    for team in managed.select_for_update(of=("self",)):
        if not managers.filter(team=team).exists():
            raise LastManager(f"{user} is the last manager of {team}; make somebody else manager first.")
