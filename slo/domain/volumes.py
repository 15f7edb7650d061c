"""Whether an hour had unusually few or many events for its hour of the week (in UTC), from the four weeks before.

The expected number is the median of the same hour one to four weeks ago, its spread the largest of three: the scaled
median deviation (1.4826 of it, which is one standard deviation of a normal distribution), the root of the median (what
chance alone does to counts), and a tenth of the median. An hour is low when it is four spreads and half the median or
more below, high when it is four spreads and once the median or more above. It is usual again within three spreads, or
above two thirds and below one and a half of the median. Services with little traffic stay quiet: an hour whose median
is under 30 is never low, and one with under 60 events never high. All of it is computed in whole numbers.

An hour of which less than half was measured, and one with less than three measured hours to compare, says nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from statistics import median

MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)
WEEKS = 4
ENOUGH = 3
FULL = 60
HALF = 30
SCALE = Fraction(14826, 10000)
NOISE = Fraction(1, 10)
BEGINS, ENDS = 4, 3
LEAST_MEDIAN, LEAST_EVENTS = 30, 60
USUAL, LOW, HIGH = "", "low", "high"


@dataclass(frozen=True, slots=True)
class Hour:
    """The events of an hour, and how many of its minutes were measured."""

    total: int
    measured_minutes: int

    @property
    def is_known(self) -> bool:
        return self.measured_minutes >= HALF

    @property
    def full(self) -> Fraction:
        """The events of the whole hour, at the rate of what was measured."""
        return Fraction(self.total * FULL, min(FULL, self.measured_minutes))


@dataclass(frozen=True, slots=True)
class Expected:
    """What an hour of the week usually has, give or take `spread`."""

    events: Fraction
    spread: Fraction


def expected(former: Sequence[Hour]) -> Expected | None:
    """What the same hours of former weeks let expect; None with less than three that were measured."""
    known = [hour.full for hour in former if hour.is_known]
    if len(known) < ENOUGH:
        return None
    middle = Fraction(median(known))
    deviation = Fraction(median(abs(events - middle) for events in known))
    return Expected(middle, max(SCALE * deviation, _root(middle), NOISE * middle))


def state_of(hour: Hour, former: Sequence[Hour], *, before: str) -> str:
    """low, high or usual (empty); the state of `before` where nothing is known."""
    usual = expected(former)
    if usual is None or not hour.is_known:
        return before
    events, middle = hour.full, usual.events
    if before == LOW and middle - events > ENDS * usual.spread and events < middle * Fraction(2, 3):
        return LOW
    if before == HIGH and events - middle > ENDS * usual.spread and events > middle * Fraction(3, 2):
        return HIGH
    if middle >= LEAST_MEDIAN and middle - events >= BEGINS * usual.spread and 2 * events <= middle:
        return LOW
    if events >= LEAST_EVENTS and events - middle >= BEGINS * usual.spread and events >= 2 * middle:
        return HIGH
    return USUAL


def _root(value: Fraction) -> Fraction:
    """The square root to a thousandth, rounded down."""
    return Fraction(math.isqrt(int(value * 1_000_000)), 1000)
