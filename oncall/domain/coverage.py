"""What a published schedule means for people: gaps, load and the next handoff. Pure readers of resolver segments."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncall.domain import duty_hours, resolver, restrictions
from oncall.domain.duty_hours import Clock
from oncall.domain.resolver import Segment
from oncall.domain.restrictions import EVERY_DAY, Restriction, Stretch

ENOUGH_PEOPLE = 3
UTC_ZONE = ZoneInfo("UTC")
SLEEP = restrictions.between(EVERY_DAY, time(23), time(6))
"""A night counts where somebody is on call in some of these hours, so that a day that begins at 6:00 costs none."""


@dataclass(frozen=True, slots=True)
class Load:
    """How long one person holds each role, and in how many shifts.

    `nights` and `weekends` are how many they are on call in, and `night` and `weekend` for how long (22:00 to 07:00;
    Saturday and Sunday); hours that are held twice at once count once there, and a shadow's not at all.
    """

    person: str
    shifts: int
    total: timedelta
    by_role: dict[str, timedelta]
    nights: int = 0
    weekends: int = 0
    night: timedelta = timedelta()
    weekend: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class IntendedGap:
    """Hours in which nobody need hold `role` (any, where it is empty): one stretch, or hours of each week in `zone`."""

    role: str
    stretch: Stretch | None = None
    hours: Restriction | None = None
    zone: ZoneInfo | None = None

    def stretches(self, start: datetime, end: datetime) -> list[Stretch]:
        """The stretches that touch `[start, end)`, uncut."""
        weekly = self.hours.windows(start, end, self.zone) if self.hours and self.zone else []
        return [*weekly, *([self.stretch] if self.stretch else [])]


def gaps(
    segments: Iterable[Segment], roles: Collection[str] | None = None, intended: Sequence[IntendedGap] = ()
) -> list[Segment]:
    """The times at which one of `roles` (of all roles, without it) is held by nobody and that is not intended."""
    empty = [one for one in segments if not one.people and (roles is None or one.role in roles)]
    return [part for segment in empty for part in _unintended(segment, intended)]


def load(segments: Iterable[Segment], zone: ZoneInfo = UTC_ZONE) -> list[Load]:
    """The load of each person, by name; a person of a crew carries the whole shift. Nights are those of `zone`."""
    held: dict[str, list[Segment]] = {}
    for segment in segments:
        for person in segment.people:
            held.setdefault(person, []).append(segment)
    return [_load_of(person, shifts, zone) for person, shifts in sorted(held.items())]


def next_handoff(segments: Iterable[Segment], now: datetime) -> datetime | None:
    """The first instant after `now` at which some role passes to others, as far as `segments` reach."""
    starts = [segment.start for segment in segments if segment.start > now]
    return min(starts, default=None)


def too_few(people: Iterable[str]) -> str:
    """A warning when fewer than three people share a rotation; empty when there are enough."""
    count = len(set(people))
    if count >= ENOUGH_PEOPLE:
        return ""
    return f"Only {count} {'person shares' if count == 1 else 'people share'} this rotation; take three or more."


def _unintended(segment: Segment, intended: Sequence[IntendedGap]) -> list[Segment]:
    own = [one for one in intended if one.role in ("", segment.role)]
    if not own:
        return [segment]
    allowed = restrictions.union(part for one in own for part in one.stretches(segment.start, segment.end))
    left = restrictions.without([(segment.start, segment.end)], allowed)
    return [replace(segment, start=start, end=end) for start, end in left]


def _load_of(person: str, shifts: list[Segment], zone: ZoneInfo) -> Load:
    by_role: dict[str, timedelta] = {}
    for shift in shifts:
        by_role[shift.role] = by_role.get(shift.role, timedelta()) + (shift.end - shift.start)
    total = sum(by_role.values(), timedelta())
    held = restrictions.union((one.start, one.end) for one in shifts if one.role != resolver.SHADOW)
    if not held:
        return Load(person, len(shifts), total, by_role)
    start, end, clock = held[0][0], held[-1][1], Clock(zone)
    nights, weekends = clock.nights(start, end), clock.weekends(start, end)
    return Load(
        person,
        len(shifts),
        total,
        by_role,
        nights=_touched(held, SLEEP.windows(start, end, zone)),
        weekends=_touched(held, weekends),
        night=duty_hours.total(restrictions.common(held, nights)),
        weekend=duty_hours.total(restrictions.common(held, weekends)),
    )


def _touched(held: Sequence[Stretch], windows: Sequence[Stretch]) -> int:
    """How many of `windows`, which are in order and apart, have an instant that is held."""
    starts = [start for start, _ in windows]
    return len({bisect_right(starts, start) for start, _ in restrictions.common(held, windows)})
