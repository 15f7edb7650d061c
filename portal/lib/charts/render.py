"""Charts as accessible SVG in a page, and as PNG for mail and chat."""

import itertools
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import resvg_py
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.lib.charts import drawing, layout, ranks, small
from portal.lib.charts.drawing import Words
from portal.lib.charts.specs import BarChart, Gauge, LineChart, Number, Point, RankChart, Sparkline

WIDTHS = {"wide": 1120.0, "medium": 640.0, "narrow": 350.0}
PNG_WIDTH = 760.0
TABLE_ROWS = 400
PNG_ZOOM = 2
Chart = BarChart | LineChart
_ids = itertools.count(1)


def html(chart: Chart | Gauge | Sparkline, zone: tzinfo) -> SafeString:
    """The chart for a page: drawings in three widths, of which the style sheet shows the one that fits."""
    if isinstance(chart, Gauge):
        return SafeString(render_to_string("portal/charts/gauge.html", {"chart": chart, "gauge": small.gauge(chart)}))
    if isinstance(chart, Sparkline):
        return SafeString(
            render_to_string("portal/charts/sparkline.html", {"chart": chart, "spark": small.spark(chart)})
        )
    heads, rows = table(chart, zone)
    words = _words(chart, zone)
    context = {
        "chart": chart,
        "drawings": [SafeString(_drawing(chart, zone, width, size, words)) for size, width in WIDTHS.items()],
        "heads": heads,
        "rows": SafeString(drawing.rows(rows[:TABLE_ROWS])),
        "left_out": max(0, len(rows) - TABLE_ROWS),
        "empty": not any(value is not None for point in _points(chart) for value in point[1:]),
    }
    return SafeString(render_to_string("portal/charts/chart.html", context))


def svg(chart: Chart, zone: tzinfo, width: float = PNG_WIDTH) -> str:
    """One drawing of the chart as an SVG document."""
    return _drawing(chart, zone, width, "wide", _words(chart, zone))


def png(chart: Chart, zone: tzinfo, width: float = PNG_WIDTH) -> bytes:
    """The chart as a picture in the light theme, at twice its size, with the font that is shipped."""
    return _picture(svg(chart, zone, width))


def rank_svg(chart: RankChart, width: float = PNG_WIDTH) -> str:
    """A ranking as an SVG document."""
    plot = ranks.ranks(chart, width)
    context = {"chart": chart, "plot": plot, "axis_end": plot.height - ranks.FOOT}
    return render_to_string("portal/charts/ranks.svg", context)


def rank_png(chart: RankChart, width: float = PNG_WIDTH) -> bytes:
    """A ranking as a picture, as `png` makes it."""
    return _picture(rank_svg(chart, width))


def _picture(drawn: str) -> bytes:
    fonts = Path(settings.BASE_DIR) / "static" / "vendor" / "inter"
    style = (Path(__file__).parent / "png.css").read_text()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            style_sheet=style,
            background="#ffffff",
            zoom=PNG_ZOOM,
            skip_system_fonts=True,
            font_files=[str(fonts / "inter-latin-400.ttf"), str(fonts / "inter-latin-600.ttf")],
            font_family="Inter",
            sans_serif_family="Inter",
        )
    )


def _drawing(chart: Chart, zone: tzinfo, width: float, size: str, words: Words) -> str:
    plot = layout.bars(chart, zone, width) if isinstance(chart, BarChart) else layout.lines(chart, zone, width)
    return drawing.svg(plot, words, size=size, element_id=f"chart-{next(_ids)}")


def _words(chart: Chart, zone: tzinfo) -> Words:
    x_name, y_name = f"{chart.x_label} ({zone_text(zone)})", layout.axis_name(chart.y_label, chart.unit)
    return Words(title=chart.title, summary=summary(chart, zone), x_name=x_name, y_name=y_name)


def zone_text(zone: tzinfo) -> str:
    """The name of the zone that the time axis is in."""
    return getattr(zone, "key", None) or str(zone)


def summary(chart: Chart, zone: tzinfo) -> str:
    """The chart in one sentence: span, lowest, highest and last value."""
    points = _points(chart)
    measured = [(at, value) for at, value in points if value is not None]
    if not measured:
        return "No data."
    values = [value for _, value in measured]
    first, last = (layout.moment(at, zone, timedelta(0)) for at in (points[0][0], points[-1][0]))
    low, high, end = (layout.value_text(value, chart.unit) for value in (min(values), max(values), values[-1]))
    missing = len(points) - len(measured)
    gaps = f" {missing} of {len(points)} values were not measured." if missing else ""
    return f"From {first} to {last}: lowest {low}, highest {high}, last {end}.{gaps}"


def table(chart: Chart, zone: tzinfo) -> tuple[list[str], list[list[str]]]:
    """The chart's figures as a table: heads, and a row for each instant."""
    if isinstance(chart, BarChart):
        rows = [[layout.moment(at, zone, chart.step), layout.value_text(value, chart.unit)] for at, value in chart.bars]
        return ["Time", chart.y_label or chart.unit], rows
    columns: list[dict[datetime, Number | None]] = [dict(series.points) for series in chart.series]
    instants = sorted({at for column in columns for at in column})
    cells = [[layout.value_text(column.get(at), chart.unit) for column in columns] for at in instants]
    whens = [layout.moment(at, zone, timedelta(0)) for at in instants]
    return ["Time", *(series.name for series in chart.series)], [
        [when, *row] for when, row in zip(whens, cells, strict=True)
    ]


def _points(chart: Chart) -> list[Point]:
    if isinstance(chart, BarChart):
        return list(chart.bars)
    return sorted((point for series in chart.series for point in series.points), key=lambda point: point[0])
