"""One dot per incident on a logarithmic axis: the picture that a mean hides."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 900, 240, 64, 12, 28
TICKS = (
    (timedelta(minutes=1), "1 min"),
    (timedelta(minutes=10), "10 min"),
    (timedelta(hours=1), "1 h"),
    (timedelta(hours=10), "10 h"),
    (timedelta(days=4), "4 d"),
    (timedelta(days=40), "40 d"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A duration that began at `at`; `key` and `label` are the caller's."""

    at: datetime
    value: timedelta
    key: str
    label: str
    group: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class Plot:
    """Dots and horizontal lines in the coordinates of a WIDTH x HEIGHT picture."""

    dots: list[Dot]
    lines: list[tuple[float, str]]


def plot(points: Sequence[Point], *, start: datetime, end: datetime) -> Plot:
    """Lays the points out between `start` and `end`, from one minute up to the first tick that none exceeds."""
    longest = max((point.value for point in points), default=TICKS[2][0])
    top = next((index for index, tick in enumerate(TICKS) if tick[0] >= longest), len(TICKS) - 1)
    ceiling = max(TICKS[max(top, 2)][0], longest)
    lines = [(_y(tick, ceiling), text) for tick, text in TICKS if tick <= ceiling]
    return Plot([Dot(_x(point.at, start, end), _y(point.value, ceiling), point) for point in points], lines)


def _x(at: datetime, start: datetime, end: datetime) -> float:
    share = (at - start) / (end - start)
    return round(LEFT + 12 + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - 24), 1)


def _y(value: timedelta, ceiling: timedelta) -> float:
    minutes = max(value / timedelta(minutes=1), 1.0)
    share = math.log(minutes) / math.log(ceiling / timedelta(minutes=1))
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)
