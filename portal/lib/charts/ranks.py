"""Geometry of a ranking: one bar for each name, the longest first. Pure; nothing here knows SVG."""

from dataclasses import dataclass

from portal.lib.charts.layout import CHARACTER, value_text
from portal.lib.charts.specs import RankChart

TOP, ROW, BAR, FOOT, GAP = 34.0, 26.0, 12.0, 30.0, 12.0
LONGEST_NAME = 38
NAME_SHARE = 0.42


@dataclass(frozen=True)
class RankBar:
    """A row: its name ends at `left`, its bar begins there, its value stands at `value_x`."""

    y: float
    name: str
    width: float
    value: str
    value_x: float


@dataclass(frozen=True)
class RankPlot:
    """Everything to draw, in a picture that starts at 0, 0."""

    width: float
    height: float
    left: float
    bars: tuple[RankBar, ...]


def ranks(chart: RankChart, width: float) -> RankPlot:
    """The bars of a ranking; all of them begin at zero, and the greatest value fills the place there is."""
    names = [_shortened(name) for name, _ in chart.rows]
    texts = [value_text(value, chart.unit) for _, value in chart.rows]
    left = round(min(max((len(name) for name in names), default=0) * CHARACTER, width * NAME_SHARE) + GAP, 1)
    room = width - left - max((len(text) for text in texts), default=0) * CHARACTER - GAP
    greatest = max((float(value) for _, value in chart.rows), default=0.0) or 1.0
    bars = []
    for index, (name, text, (_, value)) in enumerate(zip(names, texts, chart.rows, strict=True)):
        length = round(max(float(value), 0.0) / greatest * room, 1)
        bars.append(RankBar(TOP + index * ROW, name, length, text, round(left + length + 6, 1)))
    return RankPlot(width, TOP + len(bars) * ROW + FOOT, left, tuple(bars))


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
