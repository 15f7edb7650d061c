"""What duty weighs: hours by kind, pages, interrupts, rest. Pure; one person at a time, on that person's clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from oncall.domain import restrictions
from oncall.domain.duty_hours import Clock, inside, total
from oncall.domain.restrictions import Stretch

SHADOW = "shadow"
REST = timedelta(hours=11)
"""The daily rest of Directive 2003/88/EC, article 3."""

INTERRUPT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Duty:
    """`person` held `role` of `rotation` in `[start, end)`. A shadow only learns: it is no load."""

    person: int
    rotation: int
    role: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Ring:
    """A page that went out to `person` at `at` for an alert of `team`."""

    person: int
    team: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """One person's load in a span. Hours that are held twice at once count once; `by_role` has each role whole.

    `shifts` are those that begin in the span. `short_rests` are pauses below 11 hours, see `short_rests`.
    """

    hours: timedelta = timedelta()
    night: timedelta = timedelta()
    weekend: timedelta = timedelta()
    holiday: timedelta = timedelta()
    longest: timedelta = timedelta()
    shifts: int = 0
    pages: int = 0
    night_pages: int = 0
    interrupts: int = 0
    night_interrupts: int = 0
    short_rests: int = 0
    by_role: Mapping[str, timedelta] | None = None


def load(duties: Sequence[Duty], rings: Iterable[Ring], clock: Clock, start: datetime, end: datetime) -> Load:
    """The load of one person in `[start, end)`; `duties` and `rings` may reach beyond, to judge rest at its edges."""
    span = [(start, end)] if start < end else []
    whole = held(duties)
    own = restrictions.common(whole, span)
    told = sorted(ring.at for ring in rings)
    nights = clock.nights(start, end)
    paged = [at for at in told if start <= at < end]
    woken = [at for at in interrupts(told) if start <= at < end]
    roles = sorted({duty.role for duty in duties})
    by_role = {role: total(restrictions.common(held(duties, role), span)) for role in roles}
    return Load(
        hours=total(own),
        night=total(restrictions.common(own, nights)),
        weekend=total(restrictions.common(own, clock.weekends(start, end))),
        holiday=total(restrictions.common(own, clock.days_off(start, end))),
        longest=max((ends - begins for begins, ends in own), default=timedelta()),
        shifts=sum(start <= duty.start < end for duty in duties if duty.role != SHADOW),
        pages=len(paged),
        night_pages=sum(inside(at, nights) for at in paged),
        interrupts=len(woken),
        night_interrupts=sum(inside(at, nights) for at in woken),
        short_rests=sum(start <= at < end for at in short_rests(whole, interrupts(told), clock)),
        by_role={role: length for role, length in by_role.items() if length},
    )


def held(duties: Iterable[Duty], role: str = "") -> list[Stretch]:
    """The instants in which a role is held, of all roles but shadow without one; what touches is one stretch."""
    wanted = (one for one in duties if (one.role == role if role else one.role != SHADOW))
    return restrictions.union((one.start, one.end) for one in wanted)


def interrupts(rings: Iterable[datetime]) -> list[datetime]:
    """When somebody was called: pages within 30 minutes of the first one are one interrupt."""
    found: list[datetime] = []
    for at in sorted(rings):
        if not found or at - found[-1] >= INTERRUPT:
            found.append(at)
    return found


def short_rests(stretches: Sequence[Stretch], woken: Sequence[datetime], clock: Clock) -> list[datetime]:
    """Where a rest of 11 hours was cut short, by the instant that cut it, each once.

    Between two stretches of duty; and after the last interrupt of a night until the next call or the next stretch.
    """
    found = {start for (_, end), (start, _) in pairwise(stretches) if start - end < REST}
    if not woken:
        return sorted(found)
    nights = clock.nights(woken[0] - timedelta(days=1), woken[-1] + timedelta(days=1))
    disturbances = sorted([*woken, *(start for start, _ in stretches)])
    for begins, ends in nights:
        calls = [at for at in woken if begins <= at < ends]
        if calls:
            later = [at for at in disturbances if at >= ends and at - calls[-1] < REST]
            found.update(later[:1])
    return sorted(found)
