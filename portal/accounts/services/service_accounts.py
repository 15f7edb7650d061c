"""Making and changing service accounts."""

from datetime import datetime

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import NameTaken
from portal.accounts.models import ServiceAccount, Team
from portal.accounts.services import audit
from portal.lib.errors import PreconditionFailed


@transaction.atomic
def create_service_account(
    *, actor: Actor, team: Team, name: str, role: Role, now: datetime, description: str = ""
) -> ServiceAccount:
    """Makes an identity for a program in one team."""
    actor.require(Role.MANAGER, team.pk)
    if ServiceAccount.objects.filter(team=team, name=name).exists():
        raise NameTaken(fields={"name": ["The team has a service account of this name."]})
    account = ServiceAccount.objects.create(team=team, name=name, role=role, description=description)
    audit.record(actor=actor, action="service_account.created", target=account, after=shown(account), now=now)
    return account


@transaction.atomic
def update_service_account(
    *,
    actor: Actor,
    account: ServiceAccount,
    role: Role,
    description: str,
    is_active: bool,
    now: datetime,
    expected_version: int | None = None,
) -> ServiceAccount:
    """Changes role, description or whether it works at all; while inactive none of its tokens is accepted."""
    actor.require(Role.MANAGER, account.team_id)
    locked = ServiceAccount.objects.select_for_update().get(pk=account.pk)
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    before = shown(locked)
    locked.role, locked.description, locked.is_active = role, description, is_active
    locked.version += 1
    locked.save()
    audit.record(
        actor=actor, action="service_account.updated", target=locked, before=before, after=shown(locked), now=now
    )
    return locked


def shown(account: ServiceAccount) -> dict[str, object]:
    """What the audit log keeps of a service account."""
    return {
        "name": account.name,
        "role": str(account.role),
        "description": account.description,
        "is_active": account.is_active,
    }
