from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from shortener.models import ClickFacet
from shortener.selectors import charts, ranges, reports, subjects
from tests.factories.shortener import LinkFactory

VIENNA = ZoneInfo("Europe/Vienna")


@pytest.mark.parametrize(
    ("key", "names"), [("24h", ["People", "Bots"]), ("30d", ["People", "Bots", "Unique visitors"])]
)
@pytest.mark.django_db
def test_the_graph_tells_its_lines_apart(key: str, names: list[str], now: datetime) -> None:
    chosen = ranges.preset(key, now=now)
    chart = charts.clicks_chart(reports.report(subjects.of_link(LinkFactory()), chosen), "Spring", UTC)
    assert [series.name for series in chart.series] == [*names, f"People, {chosen.label} before"]


@pytest.mark.django_db
def test_the_axes_name_what_and_when_with_the_year(now: datetime) -> None:
    report = reports.report(subjects.of_link(LinkFactory()), ranges.preset("24h", now=now))
    chart = charts.clicks_chart(report, "Spring", VIENNA)
    assert (chart.y_label, chart.unit) == ("clicks per hour", "clicks")
    assert charts.clicks_chart(report, "Spring", VIENNA, is_alone=True).y_label == "clicks per hour: Spring"
    assert chart.x_label == "time, 3 Mar to 4 Mar 2026"


def test_whole_days_are_drawn_in_utc_and_hours_in_the_readers_zone(now: datetime) -> None:
    assert charts.zone_of(ranges.preset("30d", now=now), VIENNA) is UTC
    assert charts.zone_of(ranges.preset("7d", now=now), VIENNA) is VIENNA


def test_an_axis_within_one_day_names_its_times(now: datetime) -> None:
    assert charts.axis_dates(ranges.preset("live", now=now), VIENNA) == "4 Mar 2026, 12:31 to 13:01"


def test_whole_days_are_named_without_times(now: datetime) -> None:
    assert charts.dates(ranges.preset("30d", now=now), UTC) == "3 Feb 2026 to 4 Mar 2026"


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (date(2026, 3, 4), "4 Mar 2026"),
        (date(2026, 2, 3), "3 Feb to 4 Mar 2026"),
        (date(2025, 12, 3), "3 Dec 2025 to 4 Mar 2026"),
    ],
)
def test_days_are_named_with_their_year(first: date, days: str) -> None:
    assert charts.days_of(first, date(2026, 3, 4)) == days


def test_an_absolute_span_has_a_period_before(now: datetime) -> None:
    assert charts.before_words(ranges.absolute(None, None, "", now=now)) == "the period before"


@pytest.mark.django_db
def test_a_ranking_names_what_was_not_told(now: datetime) -> None:
    link = LinkFactory()
    for value, people in [("AT", 3), ("", 2)]:
        ClickFacet.objects.create(link_id=link.pk, day=now.date(), dimension="country", value=value, people=people)
    report = reports.report(subjects.of_link(link), ranges.preset("24h", now=now))
    chart = charts.sources_chart(report, "country", title="Countries", none="Unknown", when="4 Mar 2026")
    assert list(chart.rows) == [("Austria (AT)", 3), ("Unknown", 2)]
    assert chart.x_label == "clicks by people, 4 Mar 2026 (UTC)"
