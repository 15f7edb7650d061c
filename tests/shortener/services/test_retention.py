from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from portal.lib import partitions
from shortener.models import ClickDay, ClickHour, LinkChange, LinkTotal, MinuteOutcome, VisitorKey
from shortener.services import clicks, retention
from tests.factories.shortener import click, ship

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
