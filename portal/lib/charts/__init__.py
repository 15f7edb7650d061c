"""Static charts: described by `specs`, laid out by `layout` and `small` (pure), drawn by `render`."""

from portal.lib.charts.render import html, png, rank_png, svg
from portal.lib.charts.specs import BarChart, Gauge, LineChart, Point, RankChart, Series, Sparkline, sparkline

__all__ = [
    "BarChart",
    "Gauge",
    "LineChart",
    "Point",
    "RankChart",
    "Series",
    "Sparkline",
    "html",
    "png",
    "rank_png",
    "sparkline",
    "svg",
]
