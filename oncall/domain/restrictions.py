"""The hours of a week in which a layer counts, and sums over spans of instants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncall.domain import wallclock

DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(7))
MARGIN_DAYS = 3  # a window of two days, and a day for the distance of a zone from UTC

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Restriction:
    """From `begins` to `ends` on the wall clock, counted from midnight of each of `weekdays` (Monday is 0).

    `ends` above 24 h lies in the next day; the weekday is that on which the window begins.
    """

    weekdays: frozenset[int]
    begins: timedelta
    ends: timedelta

    def windows(self, start: datetime, end: datetime, zone: ZoneInfo) -> list[Stretch]:
        """The windows that touch `[start, end)`, uncut, in order; one that the clock swallows is left out."""
        day = wallclock.local_time(start, zone).date() - MARGIN_DAYS * DAY
        last = wallclock.local_time(end, zone).date() + DAY
        found = []
        while day <= last:
            if day.weekday() in self.weekdays:
                midnight = datetime.combine(day, time())
                opens = wallclock.instant(midnight + self.begins, zone)
                closes = wallclock.last_instant(midnight + self.ends, zone)
                if opens < closes and opens < end and start < closes:
                    found.append((opens, closes))
            day += DAY
        return found


def between(weekdays: Iterable[int], begins: time, ends: time) -> Restriction:
    """From one time of day to another: into the next day where that is earlier, for 24 hours where it is the same."""
    opens, closes = _since_midnight(begins), _since_midnight(ends)
    return Restriction(frozenset(weekdays), opens, closes if opens < closes else closes + DAY)


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same instants as stretches in order that neither overlap nor touch."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined


def common(some: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """The instants that lie in both; each argument is a union."""
    found, one, two = [], 0, 0
    while one < len(some) and two < len(others):
        start, end = max(some[one][0], others[two][0]), min(some[one][1], others[two][1])
        if start < end:
            found.append((start, end))
        if some[one][1] <= others[two][1]:
            one += 1
        else:
            two += 1
    return found


def without(some: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """The instants of `some` that lie in none of `others`; each argument is a union."""
    left = []
    for start, end in some:
        inside = common([(start, end)], others)
        edges = [start, *(edge for stretch in inside for edge in stretch), end]
        left += [(begins, ends) for begins, ends in zip(edges[::2], edges[1::2], strict=True) if begins < ends]
    return left


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
