"""The events that webhooks tell of, the names that make repeats harmless, and when a failed delivery is tried again."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

MEANING = {
    "link.created": "A link was made.",
    "link.changed": "Fields of a link were changed, or it was enabled again.",
    "link.disabled": "A link was stopped.",
    "link.deleted": "A link was deleted; its slug stays taken.",
    "link.expired": "The end of a link has passed.",
    "link.limit_reached": "A link was visited by as many people as it is open to.",
    "link.target_dead": "The target of a link was found dead twice.",
}
TEST = "webhook.test"
TRIES = 12
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=6)
JITTER = 0.2
FAILURES_TO_DISABLE = 20
FAILING_TO_DISABLE = timedelta(hours=1)
SAMPLE = 300

_ACTIONS = {
    "link.disabled": "link.disabled",
    "link.deleted": "link.deleted",
    "link.expired": "link.expired",
}
_SECRET = re.compile(
    r"[A-Za-z0-9+/_=-]{20,}|(?i:bearer|basic|token|password|secret|key)[\"' ]{0,3}[:= ][\"' ]{0,3}[^\s,\"'}]+"
)
_ADDRESS = re.compile(r"[^\s@<>\"']{1,64}@[^\s@<>\"']{1,255}")


def unknown(events: Iterable[str]) -> list[str]:
    """The words of `events` that are no event, in order."""
    return sorted(set(events) - set(MEANING))


def event_of(action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The event of one audited write: what was changed by fields and by name is the same event."""
    if before.get("state") == "active" and after.get("state") == "disabled":
        return "link.disabled"
    return _ACTIONS.get(action, "link.changed")


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of the fields that differ."""
    return sorted(name for name, value in after.items() if before.get(name) != value)


def expiry_key(link_id: str, expires_at: datetime) -> str:
    """One expiry of a link: who finds it first tells of it, and nobody else."""
    return f"link.expired:{link_id}:{int(expires_at.timestamp() * 1_000_000)}"


def limit_key(link_id: str, max_visits: int) -> str:
    """That a link reached this limit."""
    return f"link.limit_reached:{link_id}:{max_visits}"


def event_id(key: str) -> str:
    """What a receiver knows a repeat by: the same for every try and every webhook, and without a full stop."""
    return f"evt_{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def is_hopeless(*, failures: int, failing_for: timedelta) -> bool:
    """Whether a webhook failed often enough and for long enough to be switched off.

    A burst of events at a receiver that restarts is many failures in a minute, and no reason.
    """
    return failures >= FAILURES_TO_DISABLE and failing_for >= FAILING_TO_DISABLE


def pause_after(attempts: int, *, chance: float) -> timedelta | None:
    """How long to wait after `attempts` failures; None when there were enough.

    It triples from 5 s up to 6 h and is moved by up to a fifth; `chance` in [0, 1) says how far. All tries together
    span about a day.
    """
    if attempts >= TRIES:
        return None
    factor: int = 3 ** (attempts - 1)
    return min(FIRST_PAUSE * factor, LONGEST_PAUSE) * (1 - JITTER + 2 * JITTER * chance)


def sample_of(body: bytes) -> str:
    """The beginning of an answer as a person may see it: one line, with what looks like a secret or an address cut."""
    text = "".join(char if char.isprintable() else " " for char in body[:2000].decode(errors="replace"))
    text = _ADDRESS.sub("[address]", _SECRET.sub("[redacted]", text))
    return " ".join(text.split())[:SAMPLE]
