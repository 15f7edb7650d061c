"""The graph of a probe's page."""

from collections.abc import Sequence
from datetime import timedelta

from portal.lib.charts import LineChart, Series
from slo.models import ProbeResult


def latency_chart(results: Sequence[ProbeResult], limit: timedelta | None) -> LineChart:
    """How long the answers took; a run without an answer is a gap."""
    points = [(result.at, _milliseconds(result.latency) if result.ok or result.status else None) for result in results]
    return LineChart(
        title="Latency of the last 24 hours",
        unit="ms",
        y_label="milliseconds",
        series=[Series("latency", points)],
        limit=None if limit is None else _milliseconds(limit),
    )


def _milliseconds(span: timedelta) -> float:
    return round(span / timedelta(milliseconds=1), 1)
