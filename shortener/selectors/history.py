"""What was done to a link, by whom, in words. Secrets never show: of a password, only whether there was one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import NOT_PROVIDED, Q, QuerySet
from django.utils.dateparse import parse_datetime

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import AuditEntry
from shortener.models import Link

ACTIONS = {
    "link.created": "Made",
    "link.updated": "Changed",
    "link.enabled": "Switched on",
    "link.disabled": "Switched off",
    "link.expired": "Ended",
    "link.deleted": "Deleted",
    "link.restored": "Restored from the trash",
    "link.purged": "Emptied: its days in the trash were over",
    "link.banned": "Banned",
    "link.unbanned": "Ban lifted",
}
LABELS = {
    "not_before": "Works from",
    "expires_at": "Works until",
    "expired_target": "After that, go to",
    "redirect_status": "Redirect",
    "max_age": "Remembered for (seconds)",
    "forward_query": "Passes the query on",
    "forward_path": "Passes the path on",
    "is_indexed": "Search engines may list it",
    "max_visits": "Visits at most",
    "is_open_without_counter": "Open while the counter is away",
    "external_id": "External id",
    "preview": "Preview first",
}
INSTANTS = {"not_before", "expires_at", "deleted_at"}
NOTHING = "nothing"
USUAL = {field.name: field.default for field in Link._meta.concrete_fields if field.has_default()}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; a point in time is one where `is_instant`, anything else is words."""

    name: str
    label: str
    before: Any
    after: Any
    is_instant: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done."""

    at: datetime
    action: str
    words: str
    who: str
    changes: list[Change]


def entries(actor: Actor, link: Link) -> QuerySet[AuditEntry]:
    """The entries of `link` that `actor` may read, the newest first: in their own teams all, elsewhere their own."""
    found = AuditEntry.objects.filter(target_id=link.public_id).order_by("-pk")
    if actor.may(Role.VIEWER, link.team_id):
        return found
    return found.filter(Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk=None))


def line(entry: AuditEntry) -> Line:
    """The entry in words."""
    words = ACTIONS.get(entry.action) or entry.action.partition(".")[2].replace("_", " ").capitalize()
    told = pairs(entry.changes)
    changes = [_change(name, pair) for name, pair in told if name != "state" and not _is_usual(name, *pair)]
    return Line(entry.at, entry.action, words, entry.actor_label, changes)


def pairs(changes: Mapping[str, Any]) -> list[tuple[str, tuple[Any, Any]]]:
    """Each field with its values before and after, without secrets and without what was nothing and is nothing."""
    shown = ((name, _shown(name, *pair)) for name, pair in changes.items())
    return [(name, pair) for name, pair in shown if not (_is_nothing(pair[0]) and _is_nothing(pair[1]))]


def _is_usual(name: str, before: Any, after: Any) -> bool:
    """Whether a new link merely has what every link has unless somebody says otherwise."""
    default = USUAL.get(name, NOT_PROVIDED)
    return _is_nothing(before) and default is not NOT_PROVIDED and after == default


def _shown(name: str, before: Any, after: Any) -> tuple[Any, Any]:
    if "password" in name or "secret" in name:
        return ("set" if before else None), ("set" if after else None)
    return before, after


def _change(name: str, pair: tuple[Any, Any]) -> Change:
    label = LABELS.get(name) or name.replace("_", " ").capitalize()
    if name in INSTANTS:
        return Change(name, label, _instant(pair[0]), _instant(pair[1]), True)
    return Change(name, label, in_words(name, pair[0]), in_words(name, pair[1]), False)


def _instant(value: Any) -> datetime | None:
    return parse_datetime(value) if isinstance(value, str) else None


def in_words(name: str, value: Any) -> str:
    """A stored value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_nothing(value):
        return NOTHING
    if name == "rules" and isinstance(value, list):
        return f"{len(value)} rule{'s' if len(value) != 1 else ''}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})
