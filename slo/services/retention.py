"""Keeping the partitions of the coming days ready and dropping what is older than it is kept."""

from datetime import datetime, timedelta

from portal.lib import partitions
from slo.models import DayCount, HourCount, MinuteCount, ProbeResult, PushedMinute, RollUp

AHEAD = timedelta(days=2)
HOURS_KEPT = timedelta(days=400)
DAYS_KEPT = timedelta(days=5 * 366)
SHORTEST = 4


def keep(*, now: datetime, minute_days: int) -> list[str]:
    """Makes the partitions of today and the next two days and returns those that were dropped.

    Minutes and results stay `minute_days`, four days at least: the three-day rule reads them.
    """
    today = now.date()
    oldest = today - timedelta(days=max(minute_days, SHORTEST))
    dropped = []
    for model in (MinuteCount, ProbeResult, PushedMinute):
        table = model._meta.db_table
        partitions.ensure(table, today, today + AHEAD)
        dropped += partitions.drop_before(table, oldest)
    HourCount.objects.filter(hour__lt=now - HOURS_KEPT).delete()
    DayCount.objects.filter(day__lt=now - DAYS_KEPT).delete()
    RollUp.objects.filter(start__lt=now - HOURS_KEPT, is_stale=False).delete()
    return dropped
