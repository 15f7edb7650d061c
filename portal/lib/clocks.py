"""Lateness of the clocks: when each tick last ended well, kept in the cache, and what that says about readiness."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.core.cache import cache

from portal.lib.times import humanize

KEPT_SECONDS = 7 * 86_400
SLACK = timedelta(seconds=60)
PERIODS = 3
STARTED_AT = datetime.fromtimestamp(time.time(), UTC)

_known: dict[str, float] = {}


def key_of(task: str) -> str:
    return f"clock:{task}"


def struck(task: str, at: float) -> None:
    """Notes that `task` ended well at `at`, in seconds since the epoch; with the cache away nothing is noted."""
    cache.set(key_of(task), at, timeout=KEPT_SECONDS)


def lateness(periods: Mapping[str, timedelta], now: datetime) -> dict[str, timedelta]:
    """How long each task is overdue beyond three periods and a minute; no clock is older than this process.

    What this process has seen before counts on, so that a flushed cache makes no clock late that strikes once an hour.
    """
    _known.update(cache.get_many([key_of(task) for task in periods]))
    late = {}
    for task, period in periods.items():
        seen = datetime.fromtimestamp(_known.get(key_of(task), 0.0), UTC)
        overdue = now - max(seen, STARTED_AT) - period * PERIODS - SLACK
        if overdue > timedelta(0):
            late[task] = overdue
    return late


def problem(periods: Mapping[str, timedelta], now: datetime) -> str | None:
    """The readiness check over all clocks: names those that are late."""
    late = lateness(periods, now)
    return ", ".join(f"{task} is {humanize(overdue)} late" for task, overdue in late.items()) or None
