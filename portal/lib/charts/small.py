"""Geometry of the small charts without axes: the sparkline and the budget bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portal.lib.charts.specs import Gauge, Number, Sparkline

WIDTH, HEIGHT, PAD = 112.0, 26.0, 3.0


@dataclass(frozen=True)
class Spark:
    """The path of a sparkline, its last measured point, and its words."""

    path: str
    last: tuple[float, float] | None
    text: str


@dataclass(frozen=True)
class Fill:
    """How far a budget bar is filled, in per cent, and in which tone."""

    percent: float
    tone: Literal["green", "yellow", "red", "gray"]
    text: str


def spark(chart: Sparkline) -> Spark:
    """A line through evenly spaced values, broken where one is missing; a flat line lies in the middle."""
    measured = [float(value) for value in chart.values if value is not None]
    if not measured:
        return Spark("", None, f"{chart.title}: no data")
    low, high = min(measured), max(measured)
    placed = [_place(index, value, chart.values, low, high) for index, value in enumerate(chart.values)]
    pieces: list[str] = []
    for before, here in zip([None, *placed[:-1]], placed, strict=True):
        if here is not None:
            pieces.append(f"{'L' if before is not None else 'M'}{here[0]:g} {here[1]:g}")
    last = next(place for place in reversed(placed) if place is not None)
    return Spark(" ".join(pieces), last, f"{chart.title}: from {measured[0]:g} to {measured[-1]:g}, highest {high:g}")


def _place(
    index: int, value: Number | None, values: Sequence[Number | None], low: float, high: float
) -> tuple[float, float] | None:
    if value is None:
        return None
    x = PAD + index * (WIDTH - 2 * PAD) / max(len(values) - 1, 1)
    share = (float(value) - low) / (high - low) if high > low else 0.5
    return round(x, 1), round(HEIGHT - PAD - share * (HEIGHT - 2 * PAD), 1)


def gauge(chart: Gauge) -> Fill:
    """Green while more than `warn` is left, yellow below it, red and full once overspent."""
    if chart.ratio is None:
        return Fill(0.0, "gray", f"{chart.title}: no data")
    ratio = float(chart.ratio)
    text = f"{chart.title}: {ratio * 100:.1f} %"
    if ratio <= 0:
        return Fill(100.0, "red", text)
    return Fill(round(min(ratio, 1.0) * 100, 1), "green" if ratio > float(chart.warn) else "yellow", text)
