"""Static charts: described by `specs`, laid out by `layout` and `small` (pure), drawn by `render`."""

from portal.lib.charts.render import html, png, svg
from portal.lib.charts.specs import BarChart, Gauge, LineChart, Point, Series, Sparkline, sparkline

__all__ = ["BarChart", "Gauge", "LineChart", "Point", "Series", "Sparkline", "html", "png", "sparkline", "svg"]
