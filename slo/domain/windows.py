"""Windows cut into whole days, hours and minutes, so that 30 days are at most 193 rows and not 43,200."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WATERMARK = timedelta(seconds=60)
MINUTES_REACH = timedelta(days=3)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Grain(StrEnum):
    """The resolutions at which counts are stored."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


STEPS = {Grain.MINUTE: MINUTE, Grain.HOUR: HOUR, Grain.DAY: DAY}


@dataclass(frozen=True, slots=True)
class Piece:
    """A half-open span that is read from the counts of one grain."""

    grain: Grain
    start: datetime
    end: datetime

    @property
    def rows(self) -> int:
        return (self.end - self.start) // STEPS[self.grain]


@dataclass(frozen=True, slots=True)
class Rolled:
    """Up to where hours and days have been rolled up; later spans are read from the finer grain."""

    hours_until: datetime
    days_until: datetime


def watermark(now: datetime) -> datetime:
    """The end of the last minute that counts: the open minute does not, and a closed one has a minute to arrive."""
    return floor_to(now - WATERMARK, MINUTE)


def window_start(end: datetime, length: timedelta) -> datetime:
    """Where the window of `length` that ends at `end` begins.

    Minutes are not kept long enough for windows over three days, so these begin at the full hour before.
    """
    start = end - length
    return floor_to(start, HOUR) if length > MINUTES_REACH else start


def pieces(start: datetime, end: datetime, rolled: Rolled) -> list[Piece]:
    """`[start, end)`, both on full minutes, cut without gap or overlap into the coarsest grains that are rolled up."""
    if end <= start:
        return []
    first, last = ceil_to(start, HOUR), floor_to(min(end, rolled.hours_until), HOUR)
    if last <= first:
        return [Piece(Grain.MINUTE, start, end)]
    cut = [Piece(Grain.MINUTE, start, first), *_hours(first, last, rolled), Piece(Grain.MINUTE, last, end)]
    return [piece for piece in cut if piece.start < piece.end]


def _hours(start: datetime, end: datetime, rolled: Rolled) -> list[Piece]:
    first, last = ceil_to(start, DAY), floor_to(min(end, rolled.days_until), DAY)
    if last <= first:
        return [Piece(Grain.HOUR, start, end)]
    return [Piece(Grain.HOUR, start, first), Piece(Grain.DAY, first, last), Piece(Grain.HOUR, last, end)]


def row_count(cut: Sequence[Piece]) -> int:
    """How many rows the pieces read at most for one SLI."""
    return sum(piece.rows for piece in cut)


def coverage_ratio(
    *, measured_minutes: int, start: datetime, end: datetime, started_at: datetime, every: timedelta
) -> Fraction | None:
    """Measured / expected minutes, at most 1; None while nothing is expected.

    Nothing is expected before `started_at`; an SLI measured less often than each minute covers `every` at a time.
    """
    expected = end - max(start, floor_to(started_at, MINUTE))
    if expected <= timedelta(0):
        return None
    seconds = expected // SECOND
    return Fraction(min(measured_minutes * (max(every, MINUTE) // SECOND), seconds), seconds)


def floor_to(instant: datetime, step: timedelta) -> datetime:
    """The last multiple of `step` at or before `instant`, in UTC."""
    return EPOCH + (instant - EPOCH) // step * step


def ceil_to(instant: datetime, step: timedelta) -> datetime:
    """The first multiple of `step` at or after `instant`, in UTC."""
    return EPOCH - (EPOCH - instant) // step * step


def length_text(length: timedelta) -> str:
    """A length as programs read it, in the largest unit that divides it: `5m`, `6h`, `3d`."""
    for step, unit in ((DAY, "d"), (HOUR, "h")):
        if length and not length % step:
            return f"{length // step}{unit}"
    return f"{length // MINUTE}m"
