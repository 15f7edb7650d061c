"""Increases of counters per minute, computed from their raw samples: nothing is extrapolated, nothing counted twice.

What a counter grew between two samples belongs to the minute of the later one, so that the minutes of any span sum to
what the counters grew in it. The answer for a minute is the same in whichever span it is asked for, as long as the
samples of STALE before it are there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slo.domain.windows import MINUTE, floor_to

STALE = timedelta(minutes=5)
"""Prometheus' own bound: a series without a sample for longer was gone, and what it grew meanwhile has no minute."""
TICK = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of one series, the oldest first; the values of counters are whole numbers."""

    labels: Mapping[str, str]
    points: Sequence[tuple[datetime, int]]

    @property
    def target(self) -> tuple[str, str] | None:
        """What it was scraped from; None where the labels do not tell."""
        job, instance = self.labels.get("job", ""), self.labels.get("instance", "")
        return (job, instance) if job and instance else None


def minute_of(at: datetime) -> datetime:
    """The minute `(start, end]` that a sample speaks of: one on the full minute tells of the minute before."""
    return floor_to(at - TICK, MINUTE)


def increases(series: Iterable[Samples], start: datetime, end: datetime) -> dict[datetime, int]:
    """How much all `series` together grew in each minute of `[start, end)`; minutes that nobody measured are missing.

    A fall is a reset: the counter began again at zero. A series that is born while its target was scraped already
    began at zero as well; any other first sample is only where counting begins.
    """
    found = list(series)
    scrapes = _scrapes(found)
    grown: dict[datetime, int] = defaultdict(int)
    for one in found:
        for at, value in _growth(one, scrapes.get(one.target, [])):
            grown[minute_of(at)] += value
    return {minute: value for minute, value in sorted(grown.items()) if start <= minute < end}


def _scrapes(series: Sequence[Samples]) -> dict[tuple[str, str] | None, list[datetime]]:
    """When each target was scraped."""
    times: dict[tuple[str, str] | None, set[datetime]] = defaultdict(set)
    for one in series:
        if one.target is not None:
            times[one.target].update(at for at, _ in one.points)
    return {target: sorted(found) for target, found in times.items()}


def _growth(one: Samples, scrapes: Sequence[datetime]) -> Iterable[tuple[datetime, int]]:
    before: tuple[datetime, int] | None = None
    for at, value in one.points:
        if before is not None and at - before[0] <= STALE:
            yield at, value - before[1] if value >= before[1] else value
        elif _was_scraped(scrapes, at):
            yield at, value
        before = at, value


def _was_scraped(scrapes: Sequence[datetime], at: datetime) -> bool:
    """Whether the target gave samples of other series shortly before."""
    return any(timedelta(0) < at - scrape <= STALE for scrape in scrapes)
