"""Writing the audit log. Every service that changes something calls `record` inside its transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.accounts.domain import diffs
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, Team

LABEL = 200


class _Encoder(DjangoJSONEncoder):
    """Times as RFC 3339, and whatever JSON does not know as its text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def record(
    *,
    actor: Actor,
    action: str,
    target: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> AuditEntry:
    """Appends one entry in the caller's transaction: a write that is rolled back leaves no trace of itself.

    `action` is `noun.verb`. Without `now` the row takes the time of its writing.
    Only the fields that differ between `before` and `after` are kept.
    """
    return AuditEntry.objects.create(**_entry(actor, action, target, diffs.changes(before or {}, after or {}), now))


def record_many(
    *, actor: Actor, action: str, made: Iterable[tuple[models.Model, Mapping[str, Any]]], now: datetime
) -> None:
    """Appends one entry for each (target, its state now), in one statement: for writes of many things at once."""
    AuditEntry.objects.bulk_create(
        [AuditEntry(**_entry(actor, action, target, diffs.changes({}, after), now)) for target, after in made]
    )


def _entry(
    actor: Actor, action: str, target: models.Model, changes: dict[str, list[Any]], now: datetime | None
) -> dict[str, Any]:
    return {
        "actor_kind": actor.kind,
        "actor_label": actor.label[:160],
        "user_id": actor.user_id,
        "token_id": actor.token_id,
        "team_id": team_id_of(target),
        "action": action,
        "target_type": target._meta.label_lower,
        "target_id": str(vars(target).get("public_id") or target.pk),
        "target_label": str(target)[:LABEL],
        "changes": _plain(changes),
        "request_id": actor.request_id,
        "ip": actor.address,
        **({"at": now} if now else {}),
    }


def team_id_of(target: models.Model) -> int | None:
    """The team that `target` belongs to, over its `team_path`; a team belongs to itself, a person to none."""
    if isinstance(target, Team):
        return target.pk
    found: Any = target
    path = str(vars(type(target)).get("team_path", "team"))
    for step in path.split("__"):
        if not step or found is None:
            return None
        if step == "team":
            return getattr(found, "team_id", None)
        found = getattr(found, step, None)
    return None


def _plain(changes: dict[str, list[Any]]) -> Any:
    return json.loads(json.dumps(changes, cls=_Encoder))
