"""Change events as PagerDuty's Events API v2 takes them: `POST /v2/change/enqueue`.

Source: developer.pagerduty.com, "Send Change Events to the PagerDuty Events API".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slo.domain.releases import instant_of

SUMMARY = 1024
SHORT = 100
KEY_LENGTH = 32
PLAIN_KINDS = ("normal", "hotfix", "security")


class BadChange(ValueError):
    """The event cannot be taken; `errors` are sentences as PagerDuty words them."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a release where it names a version, anything else that changed where it does not."""

    summary: str
    at: datetime | None
    source: str
    version: str
    kind: str
    service: str
    environment: str
    commit: str
    author: str
    url: str
    external_id: str
    details: Mapping[str, Any] = field(default_factory=dict)


def routing_key_of(given: Any) -> str:
    """The key of an event; BadChange when it is not one of 32 characters."""
    key = given.get("routing_key") if isinstance(given, Mapping) else None
    if not isinstance(key, str) or not key:
        raise BadChange(["'routing_key' is missing or blank"])
    if len(key) != KEY_LENGTH or not key.isascii() or not key.isalnum():
        raise BadChange([f"Length of 'routing_key' is incorrect (should be {KEY_LENGTH} characters)"])
    return key


def parse(given: Mapping[str, Any]) -> Change:
    """The change of an event; BadChange with all that is wrong."""
    payload = given.get("payload")
    if not isinstance(payload, Mapping):
        raise BadChange(["'payload' is missing or invalid"])
    errors: list[str] = []
    summary = _text(payload.get("summary"))
    if not summary:
        errors.append("'payload.summary' is missing or blank")
    at = instant_of(payload.get("timestamp"))
    if payload.get("timestamp") is not None and at is None:
        errors.append("'payload.timestamp' is invalid (should be ISO 8601 with a zone)")
    details = payload.get("custom_details") or {}
    if not isinstance(details, Mapping):
        errors.append("'payload.custom_details' is invalid (should be an object)")
    links = given.get("links") or []
    if not isinstance(links, list) or not all(isinstance(link, Mapping) for link in links):
        errors.append("'links' is invalid (should be a list of objects)")
    if errors:
        raise BadChange(errors)
    return _change(summary, at, _text(payload.get("source")), details, links)


def _change(
    summary: str, at: datetime | None, source: str, details: Mapping[str, Any], links: list[Mapping[str, Any]]
) -> Change:
    version = _text(details.get("version"))[:SHORT]
    wanted = _text(details.get("kind"))
    urls = [url for link in links if (url := _text(link.get("href"))).startswith(("http://", "https://"))]
    return Change(
        summary=summary[:SUMMARY],
        at=at,
        source=source,
        version=version or summary[:SHORT],
        kind=(wanted if wanted in PLAIN_KINDS else "normal") if version else "change",
        service=_text(details.get("service")),
        environment=_text(details.get("environment"))[:40] or "production",
        commit=_text(details.get("commit"))[:64],
        author=(_text(details.get("author")) or source)[:120],
        url=next((url for url in urls if len(url) <= 500), ""),
        external_id=_text(details.get("external_id"))[:200],
        details=details,
    )


def _text(value: Any) -> str:
    """Text without what no database holds; numbers as their digits."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = "".join(one for one in str(value) if one == "\n" or not ("\ud800" <= one <= "\udfff" or one == "\0"))
    return text.strip()
