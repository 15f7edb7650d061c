"""What the public status page says: states of components, the whole page's state, and uptime from outage intervals."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """The states that status pages share, the best first."""

    OPERATIONAL = "operational"
    DEGRADED = "degraded_performance"
    PARTIAL = "partial_outage"
    MAJOR = "major_outage"


ORDER = tuple(State)
CHOICES = [(state.value, state.value.replace("_", " ").capitalize()) for state in State if state != State.OPERATIONAL]
WEIGHTS = {State.OPERATIONAL: 0.0, State.DEGRADED: 0.0, State.PARTIAL: 0.3, State.MAJOR: 1.0}
INDICATORS = {State.OPERATIONAL: "none", State.DEGRADED: "minor", State.PARTIAL: "major", State.MAJOR: "critical"}
DESCRIPTIONS = {
    State.OPERATIONAL: "All systems operational",
    State.DEGRADED: "Some systems are slow",
    State.PARTIAL: "Some systems are partly out",
    State.MAJOR: "Major outage",
}
IMPACTS = {1: "critical", 2: "major", 3: "minor", 4: "none"}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outage:
    """A component was in `state` during [start, end); `end` None means that it still is."""

    state: State
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One bar of the history: the worst state of a UTC day and the share of it that counts as up.

    Both are None for a day before the component was known: what nobody watched was neither up nor down.
    """

    day: date
    state: State | None
    up_ratio: float | None


def default_state(severity: int) -> State:
    """What an incident of this severity means for a component until somebody says otherwise."""
    return {1: State.MAJOR, 2: State.PARTIAL}.get(severity, State.DEGRADED)


def worst(states: Iterable[str]) -> State:
    """The worst of `states`; operational when there are none."""
    return max((State(state) for state in states), key=ORDER.index, default=State.OPERATIONAL)


def down_seconds(outages: Iterable[Outage], start: datetime, end: datetime) -> float:
    """Weighted seconds out of [start, end): overlaps count once, at the worst weight of each moment."""
    cuts = sorted({start, end, *(edge for outage in outages for edge in _edges(outage, start, end))})
    total = 0.0
    for left, right in itertools.pairwise(cuts):
        active = [WEIGHTS[outage.state] for outage in outages if _covers(outage, left, end)]
        total += max(active, default=0.0) * (right - left).total_seconds()
    return total


def days(outages: Sequence[Outage], *, since: datetime, now: datetime, count: int = 90) -> list[Day]:
    """The last `count` UTC days, today (up to `now`) last; those that ended before `since` are unknown."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return [_day(outages, midnight - DAY * back, since, now) for back in range(count - 1, -1, -1)]


def known_since(created_at: datetime, outages: Iterable[Outage]) -> datetime:
    """When the history of a component begins: when it was added, or with an earlier outage that was entered later."""
    return min([created_at, *(outage.start for outage in outages)])


def up_ratio(outages: Sequence[Outage], *, start: datetime, end: datetime) -> float:
    """The share of [start, end) that counts as up."""
    length = (end - start).total_seconds()
    return 1.0 - down_seconds(outages, start, end) / length if length > 0 else 1.0


def _day(outages: Sequence[Outage], midnight: datetime, since: datetime, now: datetime) -> Day:
    start, end = max(midnight, since), min(midnight + DAY, now)
    if start >= midnight + DAY:
        return Day(midnight.date(), None, None)
    touching = [outage for outage in outages if outage.start < end and (outage.end or end) > start]
    return Day(midnight.date(), worst(outage.state for outage in touching), up_ratio(touching, start=start, end=end))


def _edges(outage: Outage, start: datetime, end: datetime) -> list[datetime]:
    return [min(max(edge, start), end) for edge in (outage.start, outage.end or end)]


def _covers(outage: Outage, instant: datetime, open_end: datetime) -> bool:
    return outage.start <= instant < (outage.end or open_end)
