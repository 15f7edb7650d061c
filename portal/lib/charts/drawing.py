"""From a laid out plot to SVG: strings put together, because a template takes twenty times as long for each figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from portal.lib.charts.layout import Bar, Key, Line, Plot
from portal.lib.charts.scales import Tick


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around a plot: its title, the sentence that sums it up, and the names of its axes."""

    title: str
    summary: str
    x_name: str
    y_name: str


def svg(plot: Plot, words: Words, *, size: str, element_id: str) -> str:
    """The plot as an SVG element of class `plot-<size>`; every text is escaped here."""
    parts = [
        _head(plot, words, size, element_id),
        f'<text class="c-name" x="0" y="11">{escape(words.y_name)}</text>',
        *map(_key, plot.keys),
        *(_y_tick(tick, plot) for tick in plot.y_ticks),
        *(_x_tick(tick, plot) for tick in plot.x_ticks),
        *_bars("c-gap", plot.gaps),
        *_bars("c-bar", plot.bars),
        *(_upright(mark, plot) for mark in plot.marks),
        *_limit(plot),
        *map(_line, plot.lines),
        _axis(plot, words.x_name),
    ]
    return "\n".join([*parts, "</svg>"])


def rows(cells: Iterable[Iterable[str]]) -> str:
    """Rows of a table's body."""
    return "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)


def _head(plot: Plot, words: Words, size: str, element_id: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot plot-{size}" viewBox="0 0 {plot.width} {plot.height}"'
        f' width="{plot.width}" height="{plot.height}" role="img" aria-labelledby="{element_id}-t {element_id}-d">'
        f'<title id="{element_id}-t">{escape(words.title)}</title>'
        f'<desc id="{element_id}-d">{escape(words.summary)}</desc>'
    )


def _axis(plot: Plot, name: str) -> str:
    return (
        f'<path class="c-axis" d="M{plot.left} {plot.bottom}H{plot.right}"/><text class="c-name" x="{plot.right}"'
        f' y="{plot.height}" dy="-3" text-anchor="end">{escape(name)}</text>'
    )


def _key(key: Key) -> str:
    if key.index < 0:
        sign = f'<path class="c-gap" d="M{key.x} {key.y}m0 -5h16v10h-16z"/>'
    else:
        look = f"c-line s{key.index}" if key.index else "c-limit"
        sign = f'<path class="{look}" d="M{key.x} {key.y}h16"/>'
    return f'{sign}<text class="c-key" x="{key.x}" y="{key.y}" dx="22" dy="4">{escape(key.name)}</text>'


def _y_tick(tick: Tick, plot: Plot) -> str:
    return (
        f'<path class="c-grid" d="M{plot.left} {tick.at}H{plot.right}"/><text class="c-tick" x="{plot.left}"'
        f' y="{tick.at}" dx="-7" dy="4" text-anchor="end">{escape(tick.text)}</text>'
    )


def _x_tick(tick: Tick, plot: Plot) -> str:
    return (
        f'<path class="c-tickmark" d="M{tick.at} {plot.bottom}v4"/><text class="c-tick" x="{tick.at}"'
        f' y="{plot.bottom}" dy="17" text-anchor="middle">{escape(tick.text)}</text>'
    )


def _bars(look: str, bars: Iterable[Bar]) -> list[str]:
    return [
        f'<rect class="{look}" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}">'
        f"<title>{escape(bar.text)}</title></rect>"
        for bar in bars
    ]


def _upright(mark: Tick, plot: Plot) -> str:
    return f'<path class="c-mark" d="M{mark.at} {plot.top}V{plot.bottom}"><title>{escape(mark.text)}</title></path>'


def _limit(plot: Plot) -> list[str]:
    if plot.limit is None:
        return []
    path = f"M{plot.left} {plot.limit.y}H{plot.right}"
    return [f'<path class="c-limit" d="{path}"><title>{escape(plot.limit.text)}</title></path>']


def _line(line: Line) -> str:
    dots = "".join(f'<circle class="c-dot s{line.index}" cx="{x}" cy="{y}" r="2.5"/>' for x, y in line.dots)
    return f'<path class="c-line s{line.index}" d="{line.path}"><title>{escape(line.name)}</title></path>{dots}'
