from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.lib.times import Span
from shortener.models import ClickDay, ClickHour, ClickMinute, ClickMonth, LinkTotal, ScopeDay, ScopeHour
from shortener.selectors import stats, subjects
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_every_hour_of_the_span_has_a_bucket(now: datetime) -> None:
    ClickHour.objects.create(link_id=7, hour=now, people=3, bots=1)
    ClickHour.objects.create(link_id=8, hour=now, people=9)
    buckets = stats.clicks_by_hour(7, Span(now - HOUR, now + timedelta(hours=2)))
    assert [bucket.clicks.total for bucket in buckets] == [0, 4, 0]


def test_an_hour_that_the_span_cuts_counts_whole_at_its_start(now: datetime) -> None:
    link = LinkFactory()
    ClickHour.objects.create(link_id=link.pk, hour=now, people=3)
    span = Span(now + timedelta(minutes=30), now + timedelta(minutes=40))
    assert [bucket.clicks.people for bucket in stats.buckets(subjects.of_link(link), span, "hour")] == [3]


def test_every_day_of_the_span_has_a_bucket_with_its_visitors(now: datetime) -> None:
    link = LinkFactory()
    ClickDay.objects.create(link_id=link.pk, day=now.date(), people=3, visitors=2)
    buckets = stats.buckets(subjects.of_link(link), Span(now - DAY, now + DAY), "day")
    assert [(bucket.clicks.people, bucket.visitors) for bucket in buckets] == [(0, 0), (3, 2), (0, 0)]


@pytest.mark.parametrize(("step", "sums"), [("week", [5, 4]), ("month", [2, 7])])
def test_days_are_folded_into_weeks_and_months(step: str, sums: list[int], now: datetime) -> None:
    link = LinkFactory()
    for back, people in [(4, 2), (3, 3), (0, 4)]:  # Saturday 28 February, Sunday 1 March, Wednesday 4 March
        ClickDay.objects.create(link_id=link.pk, day=now.date() - timedelta(days=back), people=people)
    found = stats.buckets(subjects.of_link(link), Span(now - timedelta(days=4), now + DAY), step)
    assert [bucket.clicks.people for bucket in found] == sums


def test_minutes_are_told_without_visitors(now: datetime) -> None:
    link = LinkFactory()
    ClickMinute.objects.create(link_id=link.pk, minute=now, people=3)
    (bucket,) = stats.buckets(subjects.of_link(link), Span(now, now + timedelta(minutes=1)), "minute")
    assert (bucket.clicks.people, bucket.visitors) == (3, None)


@pytest.mark.parametrize("step", ["hour", "day"])
def test_a_team_is_read_from_its_own_sums(step: str, actor_of: Callable[[Any], Any], bob: Any, now: datetime) -> None:
    subject = subjects.team_of(actor_of(bob), "payments")
    ScopeHour.objects.create(scope="team", scope_id=subject.pk, hour=now, people=5)
    ScopeDay.objects.create(scope="team", scope_id=subject.pk, day=now.date(), people=5, visitors=4)
    assert [bucket.clicks.people for bucket in stats.buckets(subject, Span(now, now + HOUR), step)] == [5]


def test_the_minutes_of_a_team_are_those_of_its_links(actor_of: Callable[[Any], Any], bob: Any, now: datetime) -> None:
    subject = subjects.team_of(actor_of(bob), "payments")
    ClickMinute.objects.create(link_id=LinkFactory(team_id=subject.pk).pk, minute=now, people=2)
    ClickMinute.objects.create(link_id=LinkFactory().pk, minute=now, people=9)
    (bucket,) = stats.buckets(subject, Span(now, now + timedelta(minutes=1)), "minute")
    assert bucket.clicks.people == 2


def test_a_tag_adds_up_the_links_that_carry_it(
    actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime
) -> None:
    for people in (2, 3):
        link = LinkFactory(team=team, tags=["spring"])
        ClickDay.objects.create(link_id=link.pk, day=now.date(), people=people, visitors=1)
    ClickDay.objects.create(link_id=LinkFactory(team=team).pk, day=now.date(), people=9)
    (bucket,) = stats.buckets(subjects.tag_of(actor_of(bob), "spring"), Span(now, now + HOUR), "day")
    assert (bucket.clicks.people, bucket.visitors) == (5, 2)


def test_the_months_of_a_tag_are_read_from_months(
    actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime
) -> None:
    link = LinkFactory(team=team, tags=["spring"])
    ClickMonth.objects.create(link_id=link.pk, month=now.date().replace(day=1), people=8)
    (bucket,) = stats.buckets(subjects.tag_of(actor_of(bob), "spring"), Span(now, now + HOUR), "month")
    assert (bucket.clicks.people, bucket.visitors) == (8, None)


def test_visitors_are_summed_over_days(now: datetime) -> None:
    link = LinkFactory()
    for back in range(3):
        ClickDay.objects.create(link_id=link.pk, day=now.date() - DAY * back, people=9, visitors=2)
    assert stats.visitors(subjects.of_link(link), now.date() - DAY, now.date()) == 4


def test_people_of_days_without_clicks_are_none(now: datetime) -> None:
    link = LinkFactory()
    ClickDay.objects.create(link_id=link.pk, day=now.date(), people=9)
    days = [now.date(), now.date() - DAY]
    assert stats.people_of_days(subjects.of_link(link), days) == {days[0]: 9, days[1]: 0}


def test_totals_of_many_links_are_one_question(now: datetime) -> None:
    LinkTotal.objects.create(link_id=7, people=2, bots=1, last_click_at=now)
    with CaptureQueriesContext(connection) as questions:
        totals = stats.link_totals([7, 8])
    assert len(questions) == 1
    assert (totals[7].total, totals[8].total) == (3, 0)


def test_trends_of_many_links_are_one_question(now: datetime, django_assert_num_queries: Any) -> None:
    ClickDay.objects.create(link_id=7, day=now.date(), people=2, bots=1)
    with django_assert_num_queries(1):
        lines = stats.trends([7, 8], today=now.date(), days=3)
    assert lines == {7: [0, 0, 3], 8: [0, 0, 0]}
