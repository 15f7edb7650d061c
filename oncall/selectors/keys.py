"""Which integration a key opens: asked for each alert, so the answer is kept for two seconds in each process.

Whoever writes by a kept answer checks the key once more in the same statement (`services/intake.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from oncall.exceptions import KeyUnknown
from oncall.models import Integration

KEPT_FOR = timedelta(seconds=2)
MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Door:
    """What a process must know of an integration to take an alert; `digest` is that of the key that was used."""

    id: int
    digest: str
    kind: str
    rate_per_minute: int
    settings: Mapping[str, Any]
    asked_at: datetime


_kept: dict[str, Door] = {}


def good(digest: str, now: datetime) -> Q:
    """Integrations that this key opens: the present one, and the previous one while keys rotate."""
    previous = Q(previous_key_hash=digest, previous_key_until__gt=now)
    return Q(revoked_at=None) & (Q(key_hash=digest) | previous)


def integration_of(digest: str, now: datetime) -> Integration:
    """The integration that this key opens, or KeyUnknown."""
    found = Integration.objects.filter(good(digest, now)).first()
    if found is None:
        raise KeyUnknown
    return found


def door_of(digest: str, now: datetime) -> Door:
    """The door that a key opens, at most two seconds old; KeyUnknown."""
    kept = _kept.get(digest)
    if kept is not None and timedelta() <= now - kept.asked_at < KEPT_FOR:
        return kept
    forget(digest)
    found = integration_of(digest, now)
    door = Door(found.pk, digest, found.kind, found.rate_per_minute, found.settings, now)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[digest] = door
    return door


def forget(digest: str) -> None:
    """Asks again next time."""
    _kept.pop(digest, None)
