"""What a chart is made of. A value of None means `not measured`, which is not zero."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

Number = float | int | Decimal | Fraction
Point = tuple[datetime, Number | None]


@dataclass(frozen=True)
class Series:
    """One line of a chart and its name in the key."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """One bar for each `[at, at + step)`. Unit `ratio` means 0..1 shown as per cent."""

    title: str
    unit: str
    bars: Sequence[Point]
    step: timedelta
    y_label: str = ""
    x_label: str = "time"
    height: int = 220


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """Lines over time with a key, and a dashed line at `limit`. `y_from=None` fits the axis to the data."""

    title: str
    unit: str
    series: Sequence[Series]
    y_label: str = ""
    x_label: str = "time"
    limit: Number | None = None
    limit_label: str = "limit"
    y_from: Number | None = 0
    marks: Sequence[tuple[datetime, str]] = field(default_factory=tuple)
    height: int = 220


@dataclass(frozen=True, kw_only=True)
class RankChart:
    """One bar for each name, in the order given; `x_label` says what is counted and when."""

    title: str
    unit: str
    rows: Sequence[tuple[str, Number]]
    x_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """A share 0..1 as one bar, such as the budget that is left; below zero it is overspent."""

    title: str
    ratio: Number | None
    warn: Number = Decimal("0.25")


@dataclass(frozen=True)
class Sparkline:
    """A small line without axes, for a table's row."""

    values: Sequence[Number | None]
    title: str = "Trend"


def sparkline(values: Sequence[Number | None], title: str = "Trend") -> Sparkline:
    """A small line of evenly spaced values."""
    return Sparkline(values, title)
