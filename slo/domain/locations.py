"""Locations: their names, when what one saw is still fresh, and how several make one state."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from slo.domain.probing import ProbeState

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LATE = timedelta(seconds=30)
SILENT = timedelta(seconds=90)
LONGEST_HOST = 255


@dataclass(frozen=True, slots=True)
class Sight:
    """What one location shows of a probe, and when it last ran there."""

    state: ProbeState
    last_run_at: datetime | None


def is_name(text: str) -> bool:
    """Whether `text` may name a location: up to 40 small letters, digits and dashes."""
    return NAME.fullmatch(text) is not None


def host_of(target: str) -> str:
    """What the cap per host counts by: host and port of a URL, or the whole target where it is none."""
    try:
        host = urlsplit(target).netloc
    except ValueError:
        host = ""
    return (host or target).lower()[:LONGEST_HOST]


def is_fresh(last_run_at: datetime | None, *, interval: timedelta, timeout: timedelta, now: datetime) -> bool:
    """Whether a location measures: its latest run is no older than two intervals and the time that a run may take."""
    return last_run_at is not None and now - last_run_at <= 2 * interval + timeout + LATE


def is_silent(seen_at: datetime | None, now: datetime) -> bool:
    """Whether the workers of a location gave no sign of life for a while: what they should measure is unmeasured."""
    return seen_at is None or now - seen_at > SILENT


def needed(measuring: int, down_locations: int | None) -> int:
    """How many of `measuring` locations must be down: the set number, at most all of them, else a majority."""
    if down_locations is None:
        return measuring // 2 + 1
    return max(1, min(down_locations, measuring))


def aggregate(sights: Sequence[Sight], *, down_locations: int | None) -> ProbeState:
    """The state of a probe from what its measuring locations show; pending while none of them knows."""
    down = sum(sight.state is ProbeState.DOWN for sight in sights)
    if sights and down >= needed(len(sights), down_locations):
        return ProbeState.DOWN
    return ProbeState.UP if any(sight.state is ProbeState.UP for sight in sights) else ProbeState.PENDING
