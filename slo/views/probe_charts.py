"""The graphs of the page of a probe."""

from collections.abc import Sequence
from datetime import timedelta

from portal.lib.charts import LineChart, Series
from slo.selectors.probe_history import Latency


def percentile_chart(points: Sequence[Latency], limit: timedelta | None) -> LineChart:
    """How long good runs took, half hour by half hour; a half hour without one is a gap."""
    return LineChart(
        title="Latency of the last 24 hours",
        unit="ms",
        y_label="milliseconds",
        series=[
            Series("p50", [(one.at, one.p50) for one in points]),
            Series("p95", [(one.at, one.p95) for one in points]),
        ],
        limit=None if limit is None else limit / timedelta(milliseconds=1),
    )
