"""The graphs of SLIs and heartbeats."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from portal.lib.charts import LineChart, Series
from slo.models import HeartbeatRun
from slo.selectors.series import Point

SECOND = timedelta(seconds=1)


def duration_chart(runs: Sequence[HeartbeatRun], grace: timedelta) -> LineChart:
    """How long the runs took that told their start, the oldest first, against the grace that each has."""
    points = [(run.at, round(run.duration / SECOND, 1)) for run in runs if run.duration is not None]
    longest = max((seconds for _, seconds in points), default=0)
    return LineChart(
        title="How long the runs took",
        unit="s",
        y_label="seconds",
        series=[Series("duration", points)],
        limit=grace // SECOND if longest * 3 > grace // SECOND else None,
        limit_label="grace",
    )


def minute_chart(points: Sequence[Point], title: str) -> LineChart:
    """All valid and the bad events of each minute; a minute that was not measured is a gap."""
    return LineChart(
        title=title,
        unit="events",
        y_label="events a minute",
        series=[
            Series("valid", [(at, counts.total if counts else None) for at, counts in points]),
            Series("bad", [(at, counts.bad if counts else None) for at, counts in points]),
        ],
    )


def preview_chart(pairs: Mapping[datetime, tuple[int, int]], start: datetime, end: datetime) -> LineChart:
    """The share of good events in each minute that a query was tried on."""
    step = timedelta(minutes=1)
    minutes = [start + step * number for number in range((end - start) // step)]
    ratios = [(at, Fraction(*pairs[at]) if at in pairs and pairs[at][1] else None) for at in minutes]
    return LineChart(
        title="Good events of the last hour", unit="ratio", y_label="good", series=[Series("good", ratios)], y_from=None
    )
