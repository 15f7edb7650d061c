"""Action items: one owner, a due date, and a state that only ends with done or a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from postmortems.domain import actions
from postmortems.models import ActionItem, Postmortem
from postmortems.services import access

FIELDS = ("title", "detail", "type", "priority", "owner_id", "due_on", "ticket_url", "state", "reason")


@transaction.atomic
def add_item(*, actor: Actor, postmortem: Postmortem, now: datetime, **fields: Any) -> ActionItem:
    """Adds an item to a postmortem, in its team."""
    actor.require(Role.RESPONDER, postmortem.team_id)
    item = ActionItem(team_id=postmortem.team_id, postmortem=postmortem, created_at=now, **_known(fields))
    _finish(item, now)
    _check(item)
    item.save()
    audit.record(actor=actor, action="action_item.added", target=item, after=_facts(item), now=now)
    return item


@transaction.atomic
def edit_item(
    *, actor: Actor, item: ActionItem, changes: Mapping[str, Any], now: datetime, version: int | None = None
) -> ActionItem:
    """Stores the given fields. `done` and `not_doing` end the item; any other state opens it again."""
    locked = access.lock(actor, item, version=version)
    before = _facts(locked)
    for name, value in _known(changes).items():
        setattr(locked, name, value)
    _finish(locked, now)
    _check(locked)
    after = _facts(locked)
    if after == before:
        return locked
    access.save(locked, *FIELDS, "finished_at")
    audit.record(actor=actor, action="action_item.edited", target=locked, before=before, after=after, now=now)
    return locked


def change_state(*, actor: Actor, item: ActionItem, state: str, now: datetime, reason: str = "") -> ActionItem:
    """Moves an item; `not_doing` needs a reason."""
    changes = {"state": state, "reason": reason} if reason else {"state": state}
    return edit_item(actor=actor, item=item, changes=changes, now=now)


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in FIELDS}


def _finish(item: ActionItem, now: datetime) -> None:
    if not actions.is_finished(item.state):
        item.finished_at = None
    elif item.finished_at is None:
        item.finished_at = now


def _check(item: ActionItem) -> None:
    problems: dict[str, list[str]] = {}
    if not item.title.strip():
        problems["title"] = ["Say what is done when it is done."]
    if item.type not in list(actions.Type):
        problems["type"] = ["There is no such type."]
    if item.state == actions.State.NOT_DOING and not item.reason.strip():
        problems["reason"] = ["Say why it is not done."]
    if item.state in (actions.State.COMMITTED, actions.State.IN_PROGRESS) and item.owner_id is None:
        problems["owner"] = ["A promise needs somebody who keeps it."]
    if problems:
        raise Invalid(fields=problems)


def _facts(item: ActionItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in FIELDS}
