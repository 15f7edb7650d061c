from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.models import ClickDay, ClickFacet, ClickHour
from shortener.selectors import ranges, reports, subjects
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def link(db: None, now: datetime) -> Any:
    return LinkFactory(created_at=now - 60 * DAY)


def test_a_report_adds_up(link: Any, now: datetime) -> None:
    ClickHour.objects.create(link_id=link.pk, hour=now, people=3, bots=1)
    report = reports.report(subjects.of_link(link), ranges.preset("24h", now=now))
    assert (report.people, report.bots, report.total, report.step, report.bot_ratio) == (3, 1, 4, "hour", 0.25)


def test_nothing_has_no_share_of_bots(link: Any, now: datetime) -> None:
    assert reports.report(subjects.of_link(link), ranges.preset("24h", now=now)).bot_ratio == 0.0


@pytest.mark.parametrize(("key", "limit", "count"), [("24h", 10, 4), ("90d", 10, 3), ("90d", 0, 2)])
def test_a_report_asks_few_questions(
    key: str, limit: int, count: int, link: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    subject = subjects.of_link(link)
    with django_assert_num_queries(count):
        reports.report(subject, ranges.preset(key, now=now), limit=limit)


def test_the_running_step_is_compared_on_neither_side(link: Any, now: datetime) -> None:
    for back, people in [(0, 100), (1, 30), (7, 100), (8, 20)]:
        ClickHour.objects.create(link_id=link.pk, hour=now - back * DAY, people=people)
    compared = reports.report(subjects.of_link(link), ranges.preset("7d", now=now)).compared(now)
    assert (compared.now, compared.before) == (30, 20)


def test_visitors_of_whole_days_are_summed(link: Any, now: datetime) -> None:
    for back in (0, 6, 7):
        ClickDay.objects.create(link_id=link.pk, day=(now - back * DAY).date(), people=5, visitors=3)
    assert reports.report(subjects.of_link(link), ranges.preset("7d", now=now)).visitors == 6


def test_visitors_of_a_part_of_a_day_are_those_of_the_last_day(link: Any, now: datetime) -> None:
    for back in (0, 1):
        ClickDay.objects.create(link_id=link.pk, day=(now - back * DAY).date(), people=5, visitors=3)
    assert reports.report(subjects.of_link(link), ranges.preset("24h", now=now)).visitors == 3


def test_the_months_of_a_tag_tell_no_visitors(
    actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime
) -> None:
    LinkFactory(team=team, tags=["spring"])
    year = ranges.preset("1y", now=now, is_of_many_links=True)
    assert reports.report(subjects.tag_of(actor_of(bob), "spring"), year).visitors is None


def test_rows_of_a_dimension_are_empty_without_clicks(link: Any, now: datetime) -> None:
    ClickFacet.objects.create(link_id=link.pk, day=now.date(), dimension="os", value="iOS", people=2)
    report = reports.report(subjects.of_link(link), ranges.preset("24h", now=now))
    assert [row.value for row in report.rows("os")] == ["iOS"]
    assert list(report.rows("country")) == list(report.rows("planet")) == []


def weekdays(link: Any, now: datetime, yesterday: int, former: list[int]) -> None:
    for week, people in enumerate([yesterday, *former]):
        day = (now - DAY - timedelta(weeks=week)).date()
        ClickDay.objects.create(link_id=link.pk, day=day, people=people)


def test_a_day_beyond_three_times_the_usual_is_noticed(link: Any, now: datetime) -> None:
    weekdays(link, now, 400, [100, 100, 90, 110])
    found = reports.unusual_volume(subjects.of_link(link), now=now)
    assert found is not None
    assert found.is_high


def test_a_usual_day_is_not_noticed(link: Any, now: datetime) -> None:
    weekdays(link, now, 120, [100, 100, 90, 110])
    assert reports.unusual_volume(subjects.of_link(link), now=now) is None


def test_weeks_before_the_link_was_made_do_not_count(now: datetime) -> None:
    link = LinkFactory(created_at=now - 9 * DAY)
    weekdays(link, now, 400, [0, 0, 0, 0])
    assert reports.unusual_volume(subjects.of_link(link), now=now) is None
