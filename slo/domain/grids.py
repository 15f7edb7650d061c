"""The absolute grid on which a probe runs: slots at phase + k * interval since the epoch, whatever happened before."""

import hashlib
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def phase_of(key: str, interval: timedelta) -> timedelta:
    """A stable offset below `interval`, hash(key) mod interval, that spreads the probes evenly over it."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    return timedelta(microseconds=digest % (interval // timedelta(microseconds=1)))


def slot_at_or_before(instant: datetime, interval: timedelta, phase: timedelta) -> datetime:
    """The latest slot that is due at `instant`."""
    return EPOCH + phase + (instant - EPOCH - phase) // interval * interval


def slot_after(instant: datetime, interval: timedelta, phase: timedelta) -> datetime:
    """The first slot strictly after `instant`."""
    return slot_at_or_before(instant, interval, phase) + interval


def missed_slots(due_at: datetime, now: datetime, interval: timedelta) -> int:
    """How many whole slots passed unused: only the latest due one is run, the ones before it are skipped."""
    return max(0, (now - due_at) // interval)
