"""When an error budget will be gone if it goes on burning as it does now.

The model: as many events come as the window had on average since it has data, and the share of bad ones among them is
that of the burn. A rolling window that is not full yet grows first; once it is full, as many events leave it as come,
and the known bad ones leave evenly over the day, hour or minute they were counted in. A calendar window grows until it
is over and loses nothing. The budget is that of all events in the window at the time. The forecast reaches one window
ahead, because what is known has left the window by then: past that there is nothing to foresee, which is `never`.

With C = consumed share, L = time with data, W = length and b = burn, the budget is gone at the first t with
C * L + b * t - left(t) >= min(L + t, W). In a full window without bad events that leave, this is the remaining share
times the period divided by the burn, as the SRE Workbook has it. All of it is computed in whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from slo.domain.budgets import Counts
from slo.domain.objectives import bad_share
from slo.domain.windows import SECOND

SCALE = 86_400


@dataclass(frozen=True, slots=True)
class Leaving:
    """Known bad events of `[start, end)`: a minute, an hour or a day."""

    start: datetime
    end: datetime
    bad: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """A window `[start, end)` with data since `since`, its counts, and where it is over if it does not roll."""

    objective: Decimal
    counts: Counts
    start: datetime
    end: datetime
    since: datetime
    over_at: datetime | None = None


class Counted(Protocol):
    """Anything with events and bad ones."""

    @property
    def total(self) -> int: ...
    @property
    def bad(self) -> int: ...


def may_run_out(period: Counted, window: Counted, share: tuple[int, int]) -> bool:
    """Whether `exhaustion` needs to be asked: a budget that is left outlasts one window of any burn up to its share.

    burn = bad / ((1 - T) * total) of the window > remaining = 1 - bad / ((1 - T) * total) of the period > 0
    """
    part, whole = share
    left = part * period.total - whole * period.bad
    return left > 0 and window.bad * whole * period.total > left * window.total


def exhaustion(outlook: Outlook, burn: Fraction | None, leaving: Sequence[Leaving] = ()) -> timedelta | None:
    """How long after the window's end its budget is gone, in full seconds rounded up.

    Zero when it is gone already; None when nothing burns, nothing is known, or it lasts at this burn. `leaving` is
    ordered by time, does not overlap and lies in the window.
    """
    if not outlook.counts.total or not burn:
        return None
    steep = _Slopes(outlook, burn)
    level, slope, now = steep.level, steep.first, 0
    if level >= 0:
        return timedelta(0)
    for at, change in _turns(outlook, steep, leaving):
        if slope > 0 and level + slope * (at - now) >= 0:
            break
        level, slope, now = level + slope * (at - now), slope + change, at
    horizon = _seconds(outlook.end - outlook.start)
    if outlook.over_at is not None:
        horizon = _seconds(outlook.over_at - outlook.end)
    found = now - level // slope if slope > 0 else horizon + 1
    return None if found > horizon else found * SECOND


class _Slopes:
    """The terms of the inequality, all of them times the positive number that makes them whole."""

    def __init__(self, outlook: Outlook, burn: Fraction) -> None:
        share = bad_share(outlook.objective)
        had = max(1, _seconds(outlook.end - max(outlook.since, outlook.start)))
        unit = SCALE * burn.denominator * share.numerator * outlook.counts.total
        self.of_one_bad = SCALE * burn.denominator * share.denominator * had
        self.level = self.of_one_bad * outlook.counts.bad - unit * had
        self.growth = unit
        self.first = SCALE * burn.numerator * share.numerator * outlook.counts.total - unit
        self.full_after = _seconds(outlook.end - outlook.start) - had


def _turns(outlook: Outlook, steep: _Slopes, leaving: Sequence[Leaving]) -> list[tuple[int, int]]:
    """Where the slope changes and by how much, in seconds from the end of the window."""
    if outlook.over_at is not None:
        return []
    turns = [(steep.full_after, steep.growth)]
    for piece in leaving:
        first, last = (max(0, _seconds(edge - outlook.start)) for edge in (piece.start, piece.end))
        rate = steep.of_one_bad * piece.bad // (last - first)
        turns += [(first, -rate), (last, rate)]
    return sorted(turns)


def _seconds(length: timedelta) -> int:
    return length // SECOND
