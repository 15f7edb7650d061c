"""What all formats share: how texts, instants, links and the words for urgency are read."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from oncall.domain import subjects

TITLE, KEY, DETAIL, URL, LABEL = 200, 255, 20_000, 500, 1000
MOST_LABELS, MOST_LINKS, MOST_IMAGES = 64, 20, 10
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
OPEN_YEAR = 1
SEVERITIES = {
    **dict.fromkeys(
        ("critical", "page", "emergency", "fatal", "error", "high", "disaster", "alert", "p1", "1"), "critical"
    ),
    **dict.fromkeys(
        ("warning", "warn", "medium", "moderate", "average", "ticket", "minor", "p2", "p3", "2", "3"), "warning"
    ),
    **dict.fromkeys(
        ("info", "information", "informational", "notice", "low", "none", "ok", "debug", "p4", "4", "p5", "5"), "info"
    ),
}


class BadSignals(ValueError):
    """What was sent cannot be understood; `fields` maps each field to its errors."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        told = {"" if name == "non_field_errors" else f"{name}: ": " ".join(errors) for name, errors in fields.items()}
        super().__init__("; ".join(f"{name}{errors}" for name, errors in told.items()))
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Words:
    """An integration's own words: its severities, which label holds them, and which texts are titles, in order."""

    severities: Mapping[str, str] = field(default_factory=dict)
    severity_label: str = "severity"
    default_severity: str = "critical"
    titles: tuple[str, ...] = ("summary", "title", "message")

    def severity(self, word: Any) -> str:
        """The class of an alert for a sender's word: its own first, then the usual ones, then the default."""
        said = text(word, LABEL).lower()
        return self.severities.get(said) or SEVERITIES.get(said) or self.default_severity


def text(value: Any, limit: int) -> str:
    """`value` as text that can be stored, cut to `limit`; nothing for lists and objects."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        return ""
    said = value if isinstance(value, str) else str(value)
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", said[: limit + 1]).strip()[:limit]


def texts(value: Any) -> dict[str, str]:
    """An object of names and texts, as labels are; the first 64 of them."""
    if not isinstance(value, Mapping):
        return {}
    pairs = ((text(name, KEY), text(said, LABEL)) for name, said in list(value.items())[:MOST_LABELS])
    return {name: said for name, said in pairs if name and said}


def key_of(name: Any) -> str:
    """A key for deduplication: as it was sent, or its digest where it is longer than 255 characters."""
    said = text(name, 10 * KEY)
    return said if len(said) <= KEY else digest(said)


def digest(said: str) -> str:
    """A short stable name of a text."""
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def fingerprint(labels: Mapping[str, str]) -> str:
    """A name for an alert of its labels in order, whatever order they came in."""
    return digest("\xff".join(f"{name}\xff{labels[name]}" for name in sorted(labels)))


def instant(value: Any) -> datetime | None:
    """The UTC instant of an ISO 8601 text, also with `+0000`; None for year 1 (open) and anything else."""
    if not isinstance(value, str):
        return None
    said = value.strip()
    said = said[:-1] if said.endswith(("+00:00Z", "+0000Z")) else said
    try:
        at = datetime.fromisoformat(said)
        if at.year <= OPEN_YEAR:
            return None
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def is_url(value: Any) -> bool:
    """Whether this is an address that a page may lead to."""
    return isinstance(value, str) and value.startswith(("http://", "https://")) and len(value) <= URL


def link(href: Any, words: Any) -> list[dict[str, str]]:
    """One link for a page, or none where the address is none that may be followed."""
    if not is_url(href):
        return []
    return [{"href": text(href, URL), "text": text(words, TITLE) or text(href, TITLE)}]


def image(src: Any, alt: Any = "", href: Any = "") -> list[dict[str, str]]:
    """One image for a page."""
    if not is_url(src):
        return []
    found = {"src": text(src, URL), "alt": text(alt, TITLE)}
    return [found | ({"href": text(href, URL)} if is_url(href) else {})]


def subject(said: str) -> tuple[str, str]:
    """A title within the rules, and the whole of it for the detail where it had to be cut."""
    whole = text(said, DETAIL)
    title = subjects.fitted(whole)
    return title, whole if len(" ".join(whole.split())) > subjects.LONGEST else ""


def joined(*parts: str) -> str:
    """The parts that say something and differ, as paragraphs."""
    return "\n\n".join(dict.fromkeys(part for part in parts if part))[:DETAIL]
