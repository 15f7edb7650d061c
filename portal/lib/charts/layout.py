"""From a chart's description to plain figures in pixels. Pure; nothing here knows SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from portal.lib.charts.scales import Scale, Tick, short_number, time_ticks, value_ticks
from portal.lib.charts.specs import BarChart, LineChart, Number, Point, Series

TOP, RIGHT, BOTTOM, LEFT = 30.0, 12.0, 42.0, 14.0
KEY_ROW, KEY_MARK, KEY_GAP = 19.0, 22.0, 16.0
CHARACTER = 6.7
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    text: str
    measured: bool = True


@dataclass(frozen=True)
class Line:
    """`path` has one piece for each run of measured points; `dots` are points with no measured neighbour."""

    index: int
    name: str
    path: str
    dots: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Key:
    """An entry of the key; index 0 stands for the limit, -1 for what was not measured."""

    index: int
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Limit:
    y: float
    text: str


@dataclass(frozen=True)
class Plot:
    """Everything to draw. The plot area is [left, right] x [top, bottom]; the picture starts at 0, 0."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    gaps: tuple[Bar, ...] = ()
    keys: tuple[Key, ...] = ()
    marks: tuple[Tick, ...] = field(default_factory=tuple)
    limit: Limit | None = None
    empty: bool = False


def value_text(value: Number | None, unit: str) -> str:
    """A value with its unit, for hover texts and the table: `no data`, `99.95 %`, `1,200 clicks`."""
    if value is None:
        return "no data"
    if unit in ("ratio", "%"):
        shown = float(value) * (100 if unit == "ratio" else 1)
        return f"{shown:.6g}\u00a0%"
    number = f"{value:,}" if isinstance(value, int) else f"{float(value):,.6g}"
    return f"{number} {unit}".rstrip()


def axis_name(y_label: str, unit: str) -> str:
    """The label of the y axis with its unit: `Latency (ms)`; a ratio is labelled in per cent."""
    shown = "%" if unit == "ratio" else unit
    if not y_label or not shown or shown.lower() in y_label.lower():
        return y_label or shown
    return f"{y_label} ({shown})"


def bars(chart: BarChart, zone: tzinfo, width: float) -> Plot:
    """The bars of a chart; an interval without a measurement becomes a gap over the full height."""
    values = [float(value) for _, value in chart.bars if value is not None]
    whole = all(isinstance(value, int) for _, value in chart.bars)
    keys = _keys([(-1, "not measured")] if len(values) < len(chart.bars) else [], width)
    top = _top(keys)
    frame = _Frame.of(width, chart.height + top - TOP, chart.unit, 0.0, max(values, default=1.0), whole=whole, top=top)
    starts = [at for at, _ in chart.bars]
    if not starts:
        return frame.plot((), empty=True)
    first, last = min(starts), max(starts) + chart.step
    x = frame.time_scale(first, last)
    gap = 1.0 if len(starts) > 60 else 2.0
    drawn = tuple(_bar(point, chart, zone, frame, x, gap) for point in chart.bars)
    return frame.plot(
        _x_ticks(first, last, zone, frame, x),
        bars=tuple(bar for bar in drawn if bar.measured),
        gaps=tuple(bar for bar in drawn if not bar.measured),
        keys=keys,
        empty=not values,
    )


def _bar(point: Point, chart: BarChart, zone: tzinfo, frame: "_Frame", x: Scale, gap: float) -> Bar:
    at, value = point
    left, right = x(at.timestamp()), x((at + chart.step).timestamp())
    width = max(round(right - left - gap, 2), 0.6)
    text = f"{moment(at, zone, chart.step)}: {value_text(value, chart.unit)}"
    if value is None:
        return Bar(left, frame.top, max(round(right - left, 2), 0.6), frame.bottom - frame.top, text, measured=False)
    top = frame.y(float(value))
    return Bar(left, top, width, round(frame.bottom - top, 2), text)


def lines(chart: LineChart, zone: tzinfo, width: float) -> Plot:
    """The lines of a chart; a line is broken where a value is missing."""
    points = [point for series in chart.series for point in series.points]
    values = [float(value) for _, value in points if value is not None]
    low, high = _range(chart, values)
    keys = _keys(_names(chart), width)
    top = _top(keys)
    whole = bool(values) and all(isinstance(value, int) for _, value in points if value is not None)
    frame = _Frame.of(width, chart.height + top - TOP, chart.unit, low, high, whole=whole, top=top)
    if not points:
        return frame.plot((), empty=True)
    first, last = min(at for at, _ in points), max(at for at, _ in points)
    last = last if last > first else first + MINUTE
    x = frame.time_scale(first, last)
    return frame.plot(
        _x_ticks(first, last, zone, frame, x),
        lines=tuple(_line(index, series, frame, x) for index, series in enumerate(chart.series, 1)),
        keys=keys,
        marks=tuple(Tick(x(at.timestamp()), text) for at, text in chart.marks if first <= at <= last),
        limit=_limit(chart, frame),
        empty=not values,
    )


def _range(chart: LineChart, values: Sequence[float]) -> tuple[float, float]:
    ends = [*values, *([float(chart.limit)] if chart.limit is not None else [])] or [0.0, 1.0]
    low = min(ends) if chart.y_from is None else min(float(chart.y_from), *ends)
    return low, max(ends)


def _line(index: int, series: Series, frame: "_Frame", x: Scale) -> Line:
    runs = list(_runs(series.points))
    placed = [[(x(at.timestamp()), frame.y(value)) for at, value in run] for run in runs]
    path = " ".join("M" + " L".join(f"{px:g} {py:g}" for px, py in run) for run in placed if len(run) > 1)
    return Line(index, series.name, path, tuple(run[0] for run in placed if len(run) == 1))


def _runs(points: Iterable[Point]) -> Iterable[list[tuple[datetime, float]]]:
    run: list[tuple[datetime, float]] = []
    for at, value in points:
        if value is not None:
            run.append((at, float(value)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _names(chart: LineChart) -> list[tuple[int, str]]:
    if len(chart.series) < 2 and chart.limit is None:
        return []
    names = [(index, series.name) for index, series in enumerate(chart.series, 1)]
    if chart.limit is not None:
        names.append((0, f"{chart.limit_label} {value_text(chart.limit, chart.unit)}"))
    return names


def _keys(names: list[tuple[int, str]], width: float) -> tuple[Key, ...]:
    keys: list[Key] = []
    x, y = 0.0, TOP + 2
    for index, name in names:
        needed = KEY_MARK + CHARACTER * len(name)
        if x and x + needed > width:
            x, y = 0.0, y + KEY_ROW
        keys.append(Key(index, name, round(x, 1), y))
        x += needed + KEY_GAP
    return tuple(keys)


def _top(keys: tuple[Key, ...]) -> float:
    return keys[-1].y + KEY_ROW if keys else TOP


def _limit(chart: LineChart, frame: "_Frame") -> Limit | None:
    if chart.limit is None:
        return None
    return Limit(frame.y(float(chart.limit)), f"{chart.limit_label} {value_text(chart.limit, chart.unit)}")


def moment(at: datetime, zone: tzinfo, step: timedelta) -> str:
    """When a bar starts: the day for whole days, else day and time."""
    local = at.astimezone(zone)
    day = f"{local.day} {local:%b %Y}"
    return day if step >= timedelta(days=1) else f"{day} {local:%H:%M}"


def _x_ticks(first: datetime, last: datetime, zone: tzinfo, frame: "_Frame", x: Scale) -> tuple[Tick, ...]:
    target = max(2, int((frame.right - frame.left) // 74))
    placed = [
        Tick(x(at.timestamp()), text)
        for at, text in time_ticks(first.astimezone(UTC), last.astimezone(UTC), zone, target)
    ]
    kept = [tick for tick in placed if tick.at + len(tick.text) * CHARACTER / 2 <= frame.width]
    return tuple(tick for tick in kept if tick.at - len(tick.text) * CHARACTER / 2 >= 0)


@dataclass(frozen=True)
class _Frame:
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    y: Scale
    y_ticks: tuple[Tick, ...]

    @classmethod
    def of(
        cls, width: float, height: float, unit: str, low: float, high: float, *, whole: bool = False, top: float = TOP
    ) -> "_Frame":
        factor = 100 if unit == "ratio" else 1
        ticks = value_ticks(low * factor, high * factor if high > low else low * factor, whole=whole)
        texts = [short_number(tick) for tick in ticks]
        left = LEFT + max(len(text) for text in texts) * CHARACTER
        bottom = height - BOTTOM
        y = Scale(ticks[0] / factor, ticks[-1] / factor, bottom, top)
        placed = tuple(Tick(y(tick / factor), text) for tick, text in zip(ticks, texts, strict=True))
        return cls(width, height, left, width - RIGHT, top, bottom, y, placed)

    def time_scale(self, first: datetime, last: datetime) -> Scale:
        return Scale(first.timestamp(), last.timestamp(), self.left, self.right)

    def plot(
        self,
        x_ticks: tuple[Tick, ...],
        *,
        bars: tuple[Bar, ...] = (),
        gaps: tuple[Bar, ...] = (),
        lines: tuple[Line, ...] = (),
        keys: tuple[Key, ...] = (),
        marks: tuple[Tick, ...] = (),
        limit: Limit | None = None,
        empty: bool = False,
    ) -> Plot:
        return Plot(
            self.width, self.height, self.left, self.right, self.top, self.bottom, self.y_ticks, x_ticks,
            bars=bars, gaps=gaps, lines=lines, keys=keys, marks=marks, limit=limit, empty=empty,
        )  # fmt: skip
