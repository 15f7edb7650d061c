"""Keeping the partitions of the coming days ready and dropping what is older than it is kept."""

from datetime import datetime, timedelta

from portal.lib import partitions
from slo.models import DayCount, HourCount, MinuteCount, ProbeResult, PushedMinute, RollUp

AHEAD = timedelta(days=2)
HOURS_KEPT = timedelta(days=400)
DAYS_KEPT = timedelta(days=5 * 366)
FAILURES_KEPT = timedelta(days=90)
FAILED = "NOT ok"
SHORTEST = 4


def keep(*, now: datetime, minute_days: int) -> list[str]:
    """Makes the partitions of today and the next two days and returns those that were dropped.

    Minutes and results stay `minute_days`, four days at least: the three-day rule reads them. Results that failed stay
    90 days: they are few, and somebody asks for them when the incident is reviewed.
    """
    today = now.date()
    oldest = today - timedelta(days=max(minute_days, SHORTEST))
    dropped = []
    for model in (MinuteCount, ProbeResult, PushedMinute):
        table = model._meta.db_table
        partitions.ensure(table, today, today + AHEAD)
        last = min(oldest, today - FAILURES_KEPT) if model is ProbeResult else oldest
        dropped += partitions.drop_before(table, last)
    partitions.thin_before(ProbeResult._meta.db_table, oldest, kept=FAILED)
    HourCount.objects.filter(hour__lt=now - HOURS_KEPT).delete()
    DayCount.objects.filter(day__lt=now - DAYS_KEPT).delete()
    RollUp.objects.filter(start__lt=now - HOURS_KEPT, is_stale=False).delete()
    return dropped
