"""What a published schedule means for people: gaps, load and the next handoff. Pure readers of resolver segments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.domain.resolver import Segment

ENOUGH_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Load:
    """How long one person holds each role, and in how many shifts."""

    person: str
    shifts: int
    total: timedelta
    by_role: dict[str, timedelta]


def gaps(segments: Iterable[Segment]) -> list[Segment]:
    """The times at which a role is held by nobody."""
    return [segment for segment in segments if not segment.people]


def load(segments: Iterable[Segment]) -> list[Load]:
    """The load of each person, by name; a person of a crew carries the whole shift."""
    held: dict[str, list[Segment]] = {}
    for segment in segments:
        for person in segment.people:
            held.setdefault(person, []).append(segment)
    return [_load_of(person, shifts) for person, shifts in sorted(held.items())]


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


def _load_of(person: str, shifts: list[Segment]) -> Load:
    by_role: dict[str, timedelta] = {}
    for shift in shifts:
        by_role[shift.role] = by_role.get(shift.role, timedelta()) + (shift.end - shift.start)
    return Load(person, len(shifts), sum(by_role.values(), timedelta()), by_role)
