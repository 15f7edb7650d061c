from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from portal.lib import partitions
from shortener.models import (
    ClickDay,
    ClickHour,
    ClickMinute,
    EdgeArchive,
    EdgeCursor,
    LinkChange,
    LinkTotal,
    MinuteOutcome,
    ScopeDay,
    ScopeHour,
    VisitorCount,
    VisitorKey,
)
from shortener.services import clicks, cursors, retention
from tests.factories.shortener import LinkFactory, click, ship

pytestmark = pytest.mark.django_db


def log_size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shortener_click")
        row: tuple[int] = cursor.fetchone() or (0,)
    return row[0]


def test_the_coming_days_have_partitions_and_repeats_change_nothing(now: datetime) -> None:
    retention.keep_click_tables(now=now)
    before = partitions.partitions("shortener_click")
    assert partitions.name_of("shortener_click", now.date() + timedelta(days=3)) in before
    retention.keep_click_tables(now=now)
    assert partitions.partitions("shortener_click") == before


def test_retention_drops_the_log_and_hours_and_keeps_days_and_totals(now: datetime, settings: Any) -> None:
    settings.PORTAL_CLICK_RETENTION_DAYS = 30
    ship(click(7, at=now - timedelta(days=31)))
    clicks.drain(now=now)
    retention.keep_click_tables(now=now)
    assert (log_size(), ClickHour.objects.count()) == (0, 0)
    assert (ClickDay.objects.get().people, LinkTotal.objects.get().people) == (1, 1)


def test_what_is_within_retention_stays(now: datetime, settings: Any) -> None:
    settings.PORTAL_CLICK_RETENTION_DAYS = 30
    ship(click(7, at=now - timedelta(days=30)))
    clicks.drain(now=now)
    retention.keep_click_tables(now=now)
    assert (log_size(), ClickHour.objects.count()) == (1, 1)


def test_visitor_keys_are_thrown_away_after_two_days(now: datetime) -> None:
    for days in range(5):
        VisitorKey.objects.create(day=now.date() - timedelta(days=days), secret=b"x")
    retention.keep_click_tables(now=now)
    assert VisitorKey.objects.count() == 3


def test_old_changes_go_but_never_the_last_one(now: datetime) -> None:
    rows = [LinkChange(link_id=number, changed_at=now - timedelta(days=8)) for number in range(3)]
    LinkChange.objects.bulk_create(rows)
    retention.keep_click_tables(now=now)
    assert list(LinkChange.objects.values_list("link_id", flat=True)) == [2]


def test_old_outcomes_go(now: datetime) -> None:
    MinuteOutcome.objects.create(minute=now - timedelta(days=121), good=1, total=1)
    MinuteOutcome.objects.create(minute=now - timedelta(days=119), good=1, total=1)
    retention.keep_click_tables(now=now)
    assert MinuteOutcome.objects.count() == 1


def test_minutes_are_kept_for_some_hours(now: datetime) -> None:
    for hours in (5, 7):
        ClickMinute.objects.create(link_id=7, minute=now - timedelta(hours=hours), people=1)
    retention.keep_click_tables(now=now)
    assert ClickMinute.objects.get().minute == now - timedelta(hours=5)


def test_hours_of_teams_and_domains_go_and_their_days_stay(now: datetime, settings: Any) -> None:
    settings.PORTAL_CLICK_RETENTION_DAYS = 30
    ship(click(LinkFactory().pk, at=now - timedelta(days=31)))
    clicks.drain(now=now)
    retention.keep_click_tables(now=now)
    assert (ScopeHour.objects.count(), ScopeDay.objects.count()) == (0, 2)


def test_old_cursors_are_packed_and_old_archives_go(now: datetime) -> None:
    cursors.advance({("edge-a", number): 64 for number in range(cursors.KEPT_NEWEST + 1)}, now - timedelta(days=1))
    EdgeArchive.objects.create(
        edge="edge-a", day=now.date() - timedelta(days=401), first=1, last=1, numbers=[1], counted_to=[64]
    )
    retention.keep_click_tables(now=now)
    assert (EdgeCursor.objects.count(), EdgeArchive.objects.get().day) == (cursors.KEPT_NEWEST, now.date())


def test_counts_of_visitors_that_are_settled_go_with_the_log(now: datetime, settings: Any) -> None:
    settings.PORTAL_CLICK_RETENTION_DAYS = 30
    for days, counted in ((40, 1), (39, 0), (1, 1)):
        VisitorCount.objects.create(day=now.date() - timedelta(days=days), changes=1, counted=counted, due_at=now)
    retention.keep_click_tables(now=now)
    assert VisitorCount.objects.count() == 2
