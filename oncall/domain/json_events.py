"""The generic JSON that any script can send: one object, one alert."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oncall.domain import alert_states

LIMITS = {"title": 200, "dedup_key": 255, "detail": 20_000, "runbook_url": 500}
STATUSES = ("firing", "acknowledged", "resolved")


class BadEvent(ValueError):
    """The object is not an event; `fields` maps each field to its errors."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__("The event is not valid.")
        self.fields = fields


@dataclass(frozen=True, slots=True)
class JsonEvent:
    """What a sender says: `status` firing opens or joins the alert of `dedup_key`, the others act on the open one."""

    title: str
    severity: str
    status: str
    dedup_key: str
    detail: str = ""
    runbook_url: str = ""
    links: list[dict[str, str]] = field(default_factory=list)


def parse(said: Any) -> JsonEvent:
    """The event in `said`, or BadEvent naming every wrong field. Fields that are not known are left alone.

    Without a `dedup_key` the title is the key, so that a repeat joins.
    """
    if not isinstance(said, dict):
        raise BadEvent({"non_field_errors": ["Send one JSON object."]})
    errors: dict[str, list[str]] = {}
    text = {name: _text(said, name, limit, errors) for name, limit in LIMITS.items()}
    status = _word(said, "status", STATUSES, "firing", errors)
    severity = _word(said, "severity", alert_states.SEVERITIES, "critical", errors)
    links = _links(said.get("links"), errors)
    key = text["dedup_key"] or (_key_of(text["title"]) if text["title"] else "")
    if status == "firing" and not text["title"] and "title" not in errors:
        errors["title"] = ["A firing alert needs a title."]
    if not key and not errors:
        errors["dedup_key"] = ["Say which alert this is about."]
    if errors:
        raise BadEvent(errors)
    return JsonEvent(text["title"], severity, status, key, text["detail"], text["runbook_url"], links)


def _text(said: Mapping[str, Any], name: str, limit: int, errors: dict[str, list[str]]) -> str:
    value = said.get(name) or ""
    if not isinstance(value, str):
        errors[name] = ["This must be text."]
        return ""
    value = value.replace("\x00", "").strip()
    if len(value) > limit:
        errors[name] = [f"This must have at most {limit} characters."]
    if name == "runbook_url" and value and not value.startswith(("http://", "https://")):
        errors[name] = ["Give an http or https address."]
    return value


def _word(
    said: Mapping[str, Any], name: str, known: tuple[str, ...], default: str, errors: dict[str, list[str]]
) -> str:
    value = said.get(name, default)
    if value not in known:
        errors[name] = [f"Choose one of: {', '.join(known)}."]
        return default
    return str(value)


def _links(value: Any, errors: dict[str, list[str]]) -> list[dict[str, str]]:
    links = value or []
    sound = isinstance(links, list) and all(_is_link(link) for link in links)
    if not sound:
        errors["links"] = ['Give a list of {"href": "https://...", "text": "..."}.']
        return []
    return [{"href": link["href"], "text": str(link.get("text") or link["href"])[:200]} for link in links[:20]]


def _is_link(link: Any) -> bool:
    href = link.get("href") if isinstance(link, dict) else None
    return isinstance(href, str) and href.startswith(("http://", "https://")) and len(href) <= LIMITS["runbook_url"]


def _key_of(title: str) -> str:
    return hashlib.sha256(title.encode()).hexdigest()[:32]
