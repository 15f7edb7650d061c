"""The graph of latency."""

from datetime import UTC, datetime, timedelta

from slo.selectors.probe_history import Latency
from slo.views.probe_charts import percentile_chart

AT = datetime(2026, 3, 4, tzinfo=UTC)


def test_both_percentiles_are_lines_and_the_limit_is_told() -> None:
    chart = percentile_chart(
        [Latency(AT, 20.0, 90.5), Latency(AT + timedelta(hours=1), None, None)], timedelta(seconds=1)
    )
    assert [(one.name, [value for _, value in one.points]) for one in chart.series] == [
        ("p50", [20.0, None]),
        ("p95", [90.5, None]),
    ]
    assert (chart.limit, chart.unit) == (1000, "ms")


def test_without_a_limit_there_is_no_line() -> None:
    assert percentile_chart([], None).limit is None
