"""The graphs of this app's pages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from portal.lib.charts import BarChart, LineChart, Series
from slo.domain.budgets import decimal_ratio
from slo.domain.burndowns import Value, burn_down, sliding_burns
from slo.domain.rules import rule_of
from slo.domain.windows import HOUR
from slo.models import ProbeResult, Release, Slo
from slo.selectors.series import Point

EVERY = 6
RECENT = 72
FASTEST = rule_of("page-1h").threshold


def budget_chart(slo: Slo, points: Sequence[Point], releases: Sequence[Release]) -> LineChart:
    """The budget of the window as it went down; a release is a mark."""
    left = burn_down(points, slo.objective)
    thinned = [value for number, value in enumerate(left) if number % EVERY == 0 or number == len(left) - 1]
    return LineChart(
        title="Error budget left over 30 days",
        unit="ratio",
        y_label="budget left",
        series=[Series("budget left", _plain(thinned))],
        limit=0,
        limit_label="spent",
        y_from=None,
        marks=_marks(releases),
    )


def burn_chart(slo: Slo, points: Sequence[Point], releases: Sequence[Release]) -> LineChart:
    """How fast the budget burned in the last three days, against the threshold of the fastest page."""
    recent = points[-RECENT:]
    since = recent[0].at if recent else None
    return LineChart(
        title="Burn rate over 3 days",
        unit="x",
        y_label="burn rate",
        series=[
            Series("1 h", _plain(sliding_burns(recent, slo.objective, 1))),
            Series("6 h", _plain(sliding_burns(recent, slo.objective, 6))),
        ],
        limit=FASTEST,
        limit_label="page from",
        marks=_marks([release for release in releases if since and release.started_at >= since]),
    )


def event_chart(points: Sequence[Point]) -> LineChart:
    """Good and all valid events per hour of the last three days."""
    recent = points[-RECENT:]
    return LineChart(
        title="Events per hour over 3 days",
        unit="events",
        y_label="events per hour",
        series=[
            Series("valid", [(at, counts.total if counts else None) for at, counts in recent]),
            Series("good", [(at, counts.good if counts else None) for at, counts in recent]),
        ],
    )


def bad_chart(points: Sequence[Point]) -> BarChart:
    """Bad events per hour of the last three days."""
    bars = [(at, counts.bad if counts else None) for at, counts in points[-RECENT:]]
    return BarChart(title="Bad events per hour over 3 days", unit="events", y_label="bad events", bars=bars, step=HOUR)


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


def _plain(values: Sequence[Value]) -> list[tuple[datetime, Decimal | None]]:
    return [(at, decimal_ratio(_capped(value), 4)) for at, value in values]


def _capped(value: Fraction | None) -> Fraction | None:
    """A burn so high that it would flatten all others is drawn at a million."""
    return None if value is None else min(value, Fraction(10**6))


def _marks(releases: Sequence[Release]) -> list[tuple[datetime, str]]:
    return [(release.started_at, release.version) for release in releases]
