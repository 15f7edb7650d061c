"""Answers to ad-hoc queries as graphs, for pages, files and the chat alike."""

from portal.lib.charts import LineChart, Series
from slo.selectors.queries import Answer


def chart_of(found: Answer) -> LineChart:
    """The answer as a graph with a key."""
    series = [Series(label, list(zip(found.steps, values, strict=True))) for label, values in found.lines]
    unit = found.query.unit
    return LineChart(title=found.query.title, unit=unit, y_label="share" if unit == "ratio" else unit, series=series)
