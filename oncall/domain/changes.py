"""What another definition would change: whose shifts move, new gaps, rest, nights, double bookings. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from oncall.domain import coverage, resolver, restrictions
from oncall.domain.layers import Group
from oncall.domain.resolver import Segment
from oncall.domain.restrictions import Stretch

LONGEST_RUN = 7
MOST_NIGHTS, FEW_WEEKS = 14, 28
"""A week in a row is the weekly rotation; half of the nights of four weeks is the most that two people share."""

ENOUGH_REST = timedelta(hours=11)
"""Daily rest of the European working time directive (2003/88/EC, article 3)."""


@dataclass(frozen=True, slots=True)
class Move:
    """In `[start, end)` another crew holds `role`."""

    start: datetime
    end: datetime
    role: str
    before: Group
    after: Group


@dataclass(frozen=True, slots=True)
class Burden:
    """What one person carries before and after, the shortest rest between two shifts after, and nights as primary.

    `most_nights` are those of the worst 28 days.
    """

    person: str
    before: timedelta
    after: timedelta
    rest: timedelta | None
    nights: int
    nights_in_a_row: int
    most_nights: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """`person` is on call in several schedules at once in `[start, end)`."""

    person: str
    start: datetime
    end: datetime
    schedules: tuple[str, ...]


def moves(before: Iterable[Segment], after: Iterable[Segment]) -> list[Move]:
    """Where the crews of a role differ, by role and time; neighbours with the same crews are one."""
    old, new = _by_role(before), _by_role(after)
    return [
        move
        for role in resolver.role_order({*old, *new})
        for move in _moves_of(role, old.get(role, []), new.get(role, []))
    ]


def new_gaps(before: Iterable[Segment], after: Iterable[Segment]) -> list[Segment]:
    """What of the gaps in `after` is no gap in `before`."""
    found = []
    for gap in after:
        known = restrictions.union((one.start, one.end) for one in before if one.role == gap.role)
        left = restrictions.without([(gap.start, gap.end)], known)
        found += [Segment(start, end, gap.role, (), gap.source) for start, end in left]
    return found


def burdens(before: Sequence[Segment], after: Sequence[Segment], zone: ZoneInfo) -> list[Burden]:
    """The load of everybody in either, by name."""
    old = {one.person: one.total for one in coverage.load(before)}
    new = {one.person: one.total for one in coverage.load(after)}
    return [
        Burden(
            person,
            old.get(person, timedelta()),
            new.get(person, timedelta()),
            shortest_rest(after, person),
            *nights(after, person, zone),
        )
        for person in sorted({*old, *new})
    ]


def shortest_rest(segments: Iterable[Segment], person: str) -> timedelta | None:
    """The shortest time between two shifts of a person; None for fewer than two. Shifts that touch are one."""
    held = restrictions.union((one.start, one.end) for one in segments if person in one.people)
    return min((later[0] - earlier[1] for earlier, later in pairwise(held)), default=None)


def nights(segments: Iterable[Segment], person: str, zone: ZoneInfo) -> tuple[int, int, int]:
    """The nights (23:00 to 06:00 there) a person is primary in: all, those in a row, those of the worst 28 days."""
    held = restrictions.union(
        (one.start, one.end) for one in segments if person in one.people and one.role == resolver.PRIMARY
    )
    if not held:
        return 0, 0, 0
    touched = [_is_touched(held, window) for window in coverage.SLEEP.windows(held[0][0], held[-1][1], zone)]
    longest = run = 0
    for one in touched:
        run = run + 1 if one else 0
        longest = max(longest, run)
    worst = max((sum(touched[place : place + FEW_WEEKS]) for place in range(len(touched))), default=0)
    return sum(touched), longest, worst


def clashes(held: Mapping[str, Sequence[Segment]], people: Iterable[str]) -> list[Clash]:
    """When a person is primary or secondary in more than one of the schedules `held` (by name) at once."""
    found = []
    for person in sorted(set(people)):
        spans = [
            (name, restrictions.union((one.start, one.end) for one in line if person in one.people))
            for name, line in sorted(held.items())
        ]
        for place, (name, own) in enumerate(spans):
            for other, others in spans[place + 1 :]:
                both = restrictions.common(own, others)
                found += [Clash(person, start, end, (name, other)) for start, end in both]
    return found


def warnings(
    burdens_found: Iterable[Burden], people: Iterable[str], gaps_found: Sequence[Segment]
) -> list[tuple[str, str, str]]:
    """`(kind, person, text)` of what is unwise; the person is empty where it is about all."""
    found = [("gap", "", f"{len(gaps_found)} {'gap' if len(gaps_found) == 1 else 'gaps'} that nobody intended.")]
    found = found if gaps_found else []
    if few := coverage.too_few(people):
        found.append(("too-few", "", few))
    for one in burdens_found:
        if one.rest is not None and timedelta(0) < one.rest < ENOUGH_REST:
            hours = one.rest / timedelta(hours=1)
            found.append(("rest", one.person, f"Only {hours:.0f} h of rest between two shifts; take 11 or more."))
        if one.nights_in_a_row > LONGEST_RUN:
            found.append(("nights", one.person, f"{one.nights_in_a_row} nights in a row as primary; a week is enough."))
        elif one.most_nights > MOST_NIGHTS:
            found.append(("nights", one.person, f"{one.most_nights} nights of 28 as primary; half of them is enough."))
    return found


def _moves_of(role: str, old: Sequence[Segment], new: Sequence[Segment]) -> list[Move]:
    edges = sorted({edge for one in (*old, *new) for edge in (one.start, one.end)})
    found: list[Move] = []
    for start, end in pairwise(edges):
        before, after = _crew(old, start), _crew(new, start)
        if before == after:
            continue
        last = found[-1] if found else None
        if last and last.end == start and (last.before, last.after) == (before, after):
            found[-1] = Move(last.start, end, role, before, after)
        else:
            found.append(Move(start, end, role, before, after))
    return found


def _crew(line: Sequence[Segment], at: datetime) -> Group:
    return next((one.people for one in line if one.start <= at < one.end), ())


def _by_role(segments: Iterable[Segment]) -> dict[str, list[Segment]]:
    found: dict[str, list[Segment]] = {}
    for one in segments:
        found.setdefault(one.role, []).append(one)
    return found


def _is_touched(held: Sequence[Stretch], window: Stretch) -> bool:
    return any(start < window[1] and window[0] < end for start, end in held)
