"""Upkeep of the big tables: partitions of the coming days, and what retention lets go. Totals are kept for good."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Max

from portal.lib import partitions
from portal.lib.times import floor_day
from shortener.models import (
    ClickHour,
    ClickMinute,
    EdgeArchive,
    LinkChange,
    MinuteOutcome,
    ScopeHour,
    VisitorCount,
)
from shortener.services import cursors, visitor_keys
from shortener.services.clicklog import LOG
from shortener.services.rollups import MINUTES_KEPT

AHEAD = timedelta(days=3)
CHANGES_KEPT = timedelta(days=7)
OUTCOMES_KEPT = timedelta(days=120)
ARCHIVES_KEPT = timedelta(days=400)


def keep_click_tables(*, now: datetime) -> list[str]:
    """Makes the log's partitions of the coming days and drops those beyond retention; returns what was dropped.

    Days, facets and totals of links stay. Repeats change nothing.
    """
    today = now.date()
    oldest = today - timedelta(days=settings.PORTAL_CLICK_RETENTION_DAYS)
    partitions.ensure(LOG, today, today + AHEAD)
    dropped = partitions.drop_before(LOG, oldest)
    first = floor_day(now) - timedelta(days=settings.PORTAL_CLICK_RETENTION_DAYS)
    ClickHour.objects.filter(hour__lt=first).delete()
    ScopeHour.objects.filter(hour__lt=first).delete()
    VisitorCount.objects.filter(day__lt=oldest, counted=F("changes")).delete()
    ClickMinute.objects.filter(minute__lt=now - MINUTES_KEPT).delete()
    MinuteOutcome.objects.filter(minute__lt=now - OUTCOMES_KEPT).delete()
    EdgeArchive.objects.filter(day__lt=today - ARCHIVES_KEPT).delete()
    cursors.pack(now=now)
    visitor_keys.forget_keys(today=today)
    _forget_changes(now - CHANGES_KEPT)
    return dropped


def _forget_changes(before: datetime) -> None:
    """Deletes old changes but the last one, by which an edge knows that its cursor is still good."""
    last = LinkChange.objects.aggregate(seq=Max("seq", default=0))["seq"]
    LinkChange.objects.filter(changed_at__lt=before, seq__lt=last).delete()
