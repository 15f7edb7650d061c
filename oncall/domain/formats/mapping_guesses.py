"""A first mapping for a body that nobody has described yet: fields by the names that senders usually give them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from oncall.domain.formats import json_mapping, words
from oncall.domain.signals import STATUSES

DEEPEST, MOST_SEEN = 4, 500
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NAMES = {
    "title": ("title", "summary", "subject", "headline", "message", "alertname", "rulename", "name", "text"),
    "severity": ("severity", "priority", "urgency", "criticality", "level"),
    "status": ("status", "state", "alertstate", "action", "eventtype"),
    "dedup_key": ("dedupkey", "fingerprint", "alias", "incidentid", "alertid", "checkid", "eventid", "uuid", "id"),
    "detail": ("description", "detail", "details", "body", "note", "text"),
    "runbook_url": ("runbookurl", "runbook"),
    "link": ("url", "link", "href", "alerturl", "incidenturl"),
    "started_at": ("startedat", "startsat", "createdat", "timestamp", "time"),
}
LABELS = ("host", "hostname", "instance", "service", "entity", "source", "environment", "region", "cluster", "app")
Found = list[tuple[str, str, Any]]


def guess(body: Any) -> dict[str, Any]:
    """A sound mapping of what can be told of `body`; its title has a default where none is found."""
    each, node = _each(body)
    found = list(_scalars(node, "$", 0))[:MOST_SEEN]
    fields: dict[str, Any] = {}
    for field, names in NAMES.items():
        rule = _rule(field, names, found)
        if rule and rule not in fields.values():
            fields[field] = rule
    fields.setdefault("title", {"default": "Look at an alert"})
    labels = ((f"labels.{name}", _rule(name, (name,), found)) for name in LABELS)
    fields |= {name: rule for name, rule in labels if rule}
    return ({"each": each} if each else {}) | {"fields": fields}


def _each(body: Any) -> tuple[str, Any]:
    """The path to the alerts of a body that lists them, and the first of them; else the body itself."""
    if isinstance(body, list):
        return ("$[*]", body[0]) if body and isinstance(body[0], Mapping) else ("", {})
    lists = [name for name, said in body.items() if _is_list(said)] if isinstance(body, Mapping) else []
    named = [name for name in lists if name.lower() in ("alerts", "events", "incidents")]
    chosen = named[0] if named else ""
    return (f"{_path('$', chosen)}[*]", body[chosen][0]) if chosen else ("", body)


def _is_list(said: Any) -> bool:
    return isinstance(said, list) and bool(said) and isinstance(said[0], Mapping)


def _scalars(node: Any, path: str, depth: int) -> Iterator[tuple[str, str, Any]]:
    """Name, path and value of what stands in a node, the shallow ones first."""
    if not isinstance(node, Mapping) or depth > DEEPEST:
        return
    for name, said in node.items():
        if isinstance(said, str | int | float) and not isinstance(said, bool) and said != "":
            yield re.sub(r"[\W_]", "", str(name).lower()), _path(path, str(name)), said
    for name, said in node.items():
        yield from _scalars(said, _path(path, str(name)), depth + 1)


def _path(path: str, name: str) -> str:
    if NAME.fullmatch(name):
        return f"{path}.{name}"
    quoted = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"{path}['{quoted}']"


def _rule(field: str, names: tuple[str, ...], found: Found) -> dict[str, Any]:
    """The rule for the first of `names` that is there and says something for the field."""
    for wanted in names:
        for name, path, said in found:
            if name == wanted and len(path) <= json_mapping.LONGEST and _fits(field, said):
                return {"path": path} | ({"default": "critical"} if field == "severity" else {})
    return {}


def _fits(field: str, said: Any) -> bool:
    """Whether a value can be meant: a word for a status, an address for a link, an instant for a start."""
    if field == "status":
        return words.text(said, words.LABEL).lower() in (*json_mapping.STATES, *STATUSES)
    if field in ("link", "runbook_url"):
        return words.is_url(said)
    return field != "started_at" or words.instant(said) is not None
