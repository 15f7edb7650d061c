from datetime import datetime, timedelta
from fractions import Fraction

from slo.domain.budgets import Counts
from slo.models import HeartbeatRun
from slo.selectors.series import Point
from slo.views import source_charts

MINUTE = timedelta(minutes=1)


def test_only_runs_that_told_their_start_have_a_duration(now: datetime) -> None:
    runs = [HeartbeatRun(at=now, duration=MINUTE), HeartbeatRun(at=now + MINUTE)]
    chart = source_charts.duration_chart(runs, 2 * MINUTE)
    assert list(chart.series[0].points) == [(now, 60.0)]
    assert chart.limit == 120


def test_a_grace_that_is_far_away_would_flatten_the_line(now: datetime) -> None:
    assert source_charts.duration_chart([HeartbeatRun(at=now, duration=MINUTE)], 60 * MINUTE).limit is None


def test_a_minute_that_was_not_measured_is_a_gap(now: datetime) -> None:
    chart = source_charts.minute_chart([Point(now, Counts(9, 10, 1)), Point(now + MINUTE, None)], "Minutes")
    assert [[value for _, value in series.points] for series in chart.series] == [[10, None], [1, None]]


def test_a_trial_is_drawn_minute_by_minute(now: datetime) -> None:
    chart = source_charts.preview_chart({now: (1, 2), now + MINUTE: (0, 0)}, now, now + 3 * MINUTE)
    assert [value for _, value in chart.series[0].points] == [Fraction(1, 2), None, None]
