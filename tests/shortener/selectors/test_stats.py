from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.lib.times import Span
from shortener.models import ClickDay, ClickFacet, ClickHour, LinkTotal
from shortener.selectors import stats

pytestmark = pytest.mark.django_db


def test_every_hour_of_the_span_has_a_bucket(now: datetime) -> None:
    ClickHour.objects.create(link_id=7, hour=now, people=3, bots=1)
    ClickHour.objects.create(link_id=8, hour=now, people=9)
    buckets = stats.clicks_by_hour(7, Span(now - timedelta(hours=1), now + timedelta(hours=2)))
    assert [bucket.clicks.total for bucket in buckets] == [0, 4, 0]


def test_an_hour_that_the_span_cuts_counts_whole_at_its_start(now: datetime) -> None:
    ClickHour.objects.create(link_id=7, hour=now, people=3)
    span = Span(now + timedelta(minutes=30), now + timedelta(minutes=40))
    assert [bucket.clicks.people for bucket in stats.clicks_by_hour(7, span)] == [3]


def test_every_day_of_the_span_has_a_bucket(now: datetime) -> None:
    ClickDay.objects.create(link_id=7, day=now.date(), people=3)
    buckets = stats.clicks_by_day(7, Span(now - timedelta(days=1), now + timedelta(days=1)))
    assert [bucket.clicks.people for bucket in buckets] == [0, 3, 0]


def test_facets_are_ordered_by_people_and_bounded(now: datetime) -> None:
    for value, people in [("a", 1), ("b", 5), ("c", 3)]:
        ClickFacet.objects.create(link_id=7, day=now.date(), dimension="country", value=value, people=people)
    rows = stats.facet(7, "country", Span(now, now + timedelta(hours=1)), limit=2)
    assert [(row.value, row.clicks.people) for row in rows] == [("b", 5), ("c", 3)]


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
