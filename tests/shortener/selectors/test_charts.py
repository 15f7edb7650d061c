from datetime import UTC, datetime, timedelta

import pytest

from shortener.selectors import charts, reports


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("24h", datetime(2026, 3, 3, 13, tzinfo=UTC), datetime(2026, 3, 4, 13, tzinfo=UTC)),
        ("30d", datetime(2026, 2, 3, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)),
    ],
)
def test_a_range_ends_with_the_running_hour_or_day(key: str, start: datetime, end: datetime, now: datetime) -> None:
    span = charts.range_of(key).span(now + timedelta(minutes=20))
    assert (span.start, span.end) == (start, end)


def test_another_word_means_seven_days() -> None:
    assert charts.range_of("for ever").key == charts.range_of(None).key == "7d"


@pytest.mark.django_db
def test_the_graph_tells_people_and_bots_apart(now: datetime) -> None:
    chart = charts.clicks_chart(reports.link_report(7, charts.range_of("24h").span(now), step="hour"))
    assert [series.name for series in chart.series] == ["People", "Bots"]
    assert len(chart.series[0].points) == 24
