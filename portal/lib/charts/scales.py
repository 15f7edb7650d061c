"""Ticks and scales of a chart. Pure arithmetic; times are placed on the reader's wall clock."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
TIME_STEPS = (
    *(timedelta(minutes=count) for count in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=count) for count in (1, 2, 3, 6, 12)),
    *(timedelta(days=count) for count in (1, 2, 7, 14, 28, 56, 91, 182, 365)),
)
DAY = timedelta(days=1)
IN_MONTHS = {28: 1, 56: 2, 91: 3, 182: 6}
MONDAY = datetime(2001, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Tick:
    """A labelled place on an axis, in pixels."""

    at: float
    text: str


@dataclass(frozen=True)
class Scale:
    """A straight line from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


def nice_step(span: float, target: int, *, whole: bool = False) -> float:
    """The smallest step of 1, 2, 2.5 or 5 times a power of ten that needs at most `target` steps for the span."""
    raw = span / max(target, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    if whole:
        raw, power = max(raw, 1.0), max(power, 1.0)
    return next(nice * power for nice in NICE if nice * power >= raw * (1 - 1e-9) and not (whole and nice == 2.5))


def value_ticks(low: float, high: float, target: int = 4, *, whole: bool = False) -> list[float]:
    """Round values from at or below `low` to at or above `high`; there are always at least two."""
    if high <= low:
        high = low + 1
    step = nice_step(high - low, target, whole=whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


def time_step(span: timedelta, target: int) -> timedelta:
    """The finest step that needs at most `target` ticks."""
    return next(
        (step for step in TIME_STEPS if span / step <= target),
        TIME_STEPS[-1] * max(1, span // (TIME_STEPS[-1] * target)),
    )


def time_ticks(start: datetime, end: datetime, zone: tzinfo, target: int = 6) -> list[tuple[datetime, str]]:
    """Round wall-clock instants in [start, end] with short labels; midnights carry the date."""
    step = time_step(end - start, target)
    years = start.astimezone(zone).year != end.astimezone(zone).year
    return [(at, time_label(at.astimezone(zone), step, years=years)) for at in _grid(start, end, zone, step)]


def _grid(start: datetime, end: datetime, zone: tzinfo, step: timedelta) -> Iterator[datetime]:
    if step.days in IN_MONTHS:
        yield from _months(start, end, zone, IN_MONTHS[step.days])
        return
    naive = start.astimezone(zone).replace(tzinfo=None)
    wall = MONDAY + ((naive - MONDAY) // step) * step
    last = start - timedelta(microseconds=1)
    while (at := wall.replace(tzinfo=zone).astimezone(UTC)) <= end:
        if at > last and at >= start:
            yield at
            last = at
        wall += step


def _months(start: datetime, end: datetime, zone: tzinfo, every: int) -> Iterator[datetime]:
    """The first day of each `every`-th month of the calendar within [start, end]."""
    first = start.astimezone(zone)
    number = (first.year * 12 + first.month - 1) // every * every
    while (at := datetime(number // 12, number % 12 + 1, 1, tzinfo=zone).astimezone(UTC)) <= end:
        if at >= start:
            yield at
        number += every


def time_label(local: datetime, step: timedelta, *, years: bool = False) -> str:
    """`14:30` within a day, `4 Mar` at midnight and for whole days, `4 Mar 25` where the chart spans two years."""
    if step < DAY and (local.hour or local.minute):
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}" + (f" {local:%y}" if years else "")


def short_number(value: float) -> str:
    """A tick label: `0`, `0.25`, `1.5k`, `2M`."""
    for size, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{_trim(value / size)}{suffix}"
    return _trim(value)


def _trim(value: float) -> str:
    text = f"{value:.6g}"
    return text.replace("-", "\u2212")
