"""Who may write, and the row lock under which every write happens."""

from typing import TypeVar

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.lib.errors import PreconditionFailed
from postmortems.models import ActionItem, Postmortem

Row = TypeVar("Row", Postmortem, ActionItem)


def lock(actor: Actor, row: Row, *, version: int | None = None) -> Row:
    """The stored row, locked until the transaction ends, for a responder of its team.

    Raises PermissionDenied, or PreconditionFailed when `version` is not the one that is stored.
    """
    actor.require(Role.RESPONDER, row.team_id)
    found = type(row).objects.select_for_update(of=("self",)).select_related("team", "owner").get(pk=row.pk)
    if version is not None and version != found.version:
        raise PreconditionFailed
    return found


def save(row: Postmortem | ActionItem, *fields: str) -> None:
    """Stores `fields` as the next version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
