"""Summing the hours and days of one stream whose minutes were computed anew."""

from datetime import datetime
from typing import Any

from django.db import connection

from slo.domain.windows import DAY, HOUR, ceil_to, floor_to, watermark
from slo.models import HourCount

DROP_HOURS = "DELETE FROM slo_hourcount WHERE sli_id = %s AND hour >= %s AND hour < %s"
SUM_HOURS = """
INSERT INTO slo_hourcount (sli_id, hour, good, total, measured_minutes)
SELECT sli_id, date_bin('1 hour', minute, '2000-01-01Z'), sum(good), sum(total), count(*) FILTER (WHERE measured)
FROM slo_minutecount WHERE sli_id = %s AND minute >= %s AND minute < %s GROUP BY 1, 2
"""
DROP_DAYS = "DELETE FROM slo_daycount WHERE sli_id = %s AND day >= %s AND day < %s"
SUM_DAYS = """
INSERT INTO slo_daycount (sli_id, day, good, total, measured_minutes)
SELECT sli_id, date_bin('1 day', hour, '2000-01-01Z'), sum(good), sum(total), sum(measured_minutes)
FROM slo_hourcount WHERE sli_id = %s AND hour >= %s AND hour < %s GROUP BY 1, 2
"""


def sum_again(sli_id: int, start: datetime, end: datetime, *, now: datetime) -> None:
    """Sums the closed hours that `[start, end)` touches from their minutes, and their closed days from the hours."""
    first, until = floor_to(start, HOUR), min(ceil_to(end, HOUR), floor_to(watermark(now), HOUR))
    if first >= until:
        return
    _run(DROP_HOURS, sli_id, first, until)
    _run(SUM_HOURS, sli_id, first, until)
    sum_days(sli_id, first, min(ceil_to(until, DAY), floor_to(watermark(now), DAY)))


def sum_days(sli_id: int, start: datetime, end: datetime) -> None:
    """Sums the days from that of `start` up to `end`, cut to full days, from their hours."""
    first, until = floor_to(start, DAY), floor_to(end, DAY)
    _run(DROP_DAYS, sli_id, first, until)
    _run(SUM_DAYS, sli_id, first, until)


def sum_all_days(sli_id: int, end: datetime) -> None:
    """Sums every full day before `end` that has hours."""
    oldest = HourCount.objects.filter(sli_id=sli_id).order_by("hour").values_list("hour", flat=True).first()
    if oldest is not None:
        sum_days(sli_id, oldest, end)


def _run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
