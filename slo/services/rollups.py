"""Summing minutes into hours and hours into days. A sum is always taken anew, so that a repeat changes nothing."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Min, Q

from slo.domain.windows import DAY, HOUR, Grain, floor_to, watermark
from slo.models import RollUp, Sli
from slo.selectors import windows

SECOND_LOOK = timedelta(minutes=15)
FIRST_REACH = timedelta(days=8)
BATCH = 200

ADD_MISSING = """
INSERT INTO slo_rollup (grain, start, is_stale, is_final)
SELECT %s, start, true, false FROM generate_series(%s::timestamptz, %s::timestamptz, %s::interval) AS start
ON CONFLICT (grain, start) DO NOTHING
"""
SUM_HOUR = """
INSERT INTO slo_hourcount AS kept (sli_id, hour, good, total, measured_minutes)
SELECT sli_id, %s, sum(good), sum(total), count(*) FILTER (WHERE measured) FROM slo_minutecount
WHERE minute >= %s AND minute < %s GROUP BY sli_id ORDER BY sli_id
ON CONFLICT (sli_id, hour) DO UPDATE
SET good = excluded.good, total = excluded.total, measured_minutes = excluded.measured_minutes
WHERE (kept.good, kept.total, kept.measured_minutes)
    IS DISTINCT FROM (excluded.good, excluded.total, excluded.measured_minutes)
"""
SUM_DAY = """
INSERT INTO slo_daycount AS kept (sli_id, day, good, total, measured_minutes)
SELECT sli_id, %s, sum(good), sum(total), sum(measured_minutes) FROM slo_hourcount
WHERE hour >= %s AND hour < %s GROUP BY sli_id ORDER BY sli_id
ON CONFLICT (sli_id, day) DO UPDATE
SET good = excluded.good, total = excluded.total, measured_minutes = excluded.measured_minutes
WHERE (kept.good, kept.total, kept.measured_minutes)
    IS DISTINCT FROM (excluded.good, excluded.total, excluded.measured_minutes)
"""


def roll_up_due(*, now: datetime) -> int:
    """Rolls up every closed hour and day that was not yet, got a late minute, or awaits its second look.

    Each in a transaction of its own; a row that another worker holds is left to it.
    """
    closed = floor_to(watermark(now), HOUR)
    _add_missing(Grain.HOUR, closed, HOUR)
    done = sum(_roll_up(pk, now) for pk in _due(Grain.HOUR, now))
    _add_missing(Grain.DAY, floor_to(min(windows.rolled().hours_until, closed), DAY), DAY)
    return done + sum(_roll_up(pk, now) for pk in _due(Grain.DAY, now))


def _add_missing(grain: Grain, until: datetime, step: timedelta) -> None:
    last = RollUp.objects.filter(grain=grain, done_at__isnull=False).aggregate(last=Max("start"))["last"]
    first = _first(until, step) if last is None else last + step
    with connection.cursor() as cursor:
        values: list[Any] = [grain, first, until - step, step]
        cursor.execute(ADD_MISSING, values)


def _first(until: datetime, step: timedelta) -> datetime:
    """Where the very first roll-up begins: with the oldest SLI, as far back as its minutes may be there."""
    oldest = Sli.objects.aggregate(oldest=Min("started_at"))["oldest"]
    return until if oldest is None else floor_to(max(oldest, until - FIRST_REACH), step)


def _due(grain: Grain, now: datetime) -> list[int]:
    """Open roll-ups, oldest first; an hour's second look comes when even the slowest minute has arrived."""
    due = Q(is_stale=True) | Q(is_final=False, start__lte=now - HOUR - SECOND_LOOK)
    return list(RollUp.objects.filter(due, grain=grain).order_by("start").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _roll_up(pk: int, now: datetime) -> int:
    row = RollUp.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None:
        return 0
    is_hour = row.grain == Grain.HOUR
    step = HOUR if is_hour else DAY
    with connection.cursor() as cursor:
        cursor.execute(SUM_HOUR if is_hour else SUM_DAY, [row.start, row.start, row.start + step])
    if is_hour:
        _day_again(row.start)
    final = not is_hour or row.start + step + SECOND_LOOK <= now
    RollUp.objects.filter(pk=pk).update(done_at=now, is_stale=False, is_final=F("is_final") if not final else True)
    return 1


def _day_again(hour: datetime) -> None:
    """A day that was summed before one of its hours changed is summed again."""
    RollUp.objects.filter(grain=Grain.DAY, start=floor_to(hour, DAY), done_at__isnull=False).update(is_stale=True)
