"""When targets are asked whether they still answer, and what an answer means. Times are spread by the link's number."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

PERIOD = timedelta(days=7)
AGAIN = timedelta(hours=6)
LEAST_APART = timedelta(hours=1)
WHILE_DEAD = timedelta(days=1)
LONG_DEAD = timedelta(days=30)
FAILURES_TO_DIE = 2
GONE = frozenset({404, 410})
PER_HOST_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a target."""

    failures: int = 0
    dead_since: datetime | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check makes of a standing, and when the next one is due; `has_died` once for each death."""

    failures: int
    dead_since: datetime | None
    due_at: datetime
    has_died: bool = False


def offset_of(link_id: int) -> timedelta:
    """A link's own place in the period, so that checks are spread evenly over the days."""
    digest = hashlib.blake2b(str(link_id).encode(), digest_size=4).digest()
    return PERIOD * (int.from_bytes(digest) / 2**32)


def next_slot(link_id: int, now: datetime) -> datetime:
    """The link's next place on the grid, later than `now`."""
    offset = offset_of(link_id).total_seconds()
    period = PERIOD.total_seconds()
    passed = (now.timestamp() - offset) // period
    return datetime.fromtimestamp((passed + 1) * period + offset, now.tzinfo)


def is_failure(status: int | None) -> bool:
    """Whether an answer says that nobody gets there: none at all, gone, or a broken server.

    401, 403, 429 and the like are answers of a target that is there and does not want robots.
    """
    return status is None or status in GONE or status >= 500


def judged(link_id: int, standing: Standing, *, failed: bool, now: datetime) -> Verdict:
    """Two failures that lie at least an hour apart make a target dead; one answer makes it alive again."""
    if not failed:
        return Verdict(0, None, next_slot(link_id, now))
    too_soon = standing.checked_at is not None and standing.failures > 0 and now - standing.checked_at < LEAST_APART
    failures = standing.failures if too_soon else standing.failures + 1
    if standing.dead_since is not None:
        is_old = now - standing.dead_since > LONG_DEAD
        return Verdict(failures, standing.dead_since, next_slot(link_id, now) if is_old else now + WHILE_DEAD)
    if failures >= FAILURES_TO_DIE:
        return Verdict(failures, now, now + WHILE_DEAD, has_died=True)
    return Verdict(failures, None, now + AGAIN)
