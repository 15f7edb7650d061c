"""Bringing in the past of an SLI, hour by hour: for imports and for the demo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, HOUR, Grain, floor_to
from slo.models import Sli
from slo.services import bulk

SET_HOURS = """
INSERT INTO slo_hourcount (sli_id, hour, good, total, measured_minutes)
SELECT sli_id, hour, good, total, measured_minutes FROM json_to_recordset(%s)
    AS r(sli_id bigint, hour timestamptz, good bigint, total bigint, measured_minutes smallint)
ON CONFLICT (sli_id, hour) DO UPDATE
SET good = excluded.good, total = excluded.total, measured_minutes = excluded.measured_minutes
"""
SUM_DAYS = """
INSERT INTO slo_daycount (sli_id, day, good, total, measured_minutes)
SELECT sli_id, date_bin('1 day', hour, '2000-01-01Z'), sum(good), sum(total), sum(measured_minutes)
FROM slo_hourcount WHERE sli_id = %s AND hour >= %s AND hour < %s GROUP BY 1, 2
ON CONFLICT (sli_id, day) DO UPDATE
SET good = excluded.good, total = excluded.total, measured_minutes = excluded.measured_minutes
"""
MARK_DONE = """
INSERT INTO slo_rollup AS kept (grain, start, done_at, is_stale, is_final)
SELECT grain, start, done_at, is_stale, true FROM json_to_recordset(%s)
    AS r(grain text, start timestamptz, done_at timestamptz, is_stale boolean)
ON CONFLICT (grain, start) DO UPDATE SET is_stale = kept.is_stale OR excluded.is_stale
"""
LIVE = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class HourRow:
    """The counts of one full hour."""

    hour: datetime
    counts: Counts


@transaction.atomic
def set_hours(*, sli: Sli, hours: Sequence[HourRow], now: datetime) -> None:
    """Makes past hours of `sli`, and their days, say exactly this. A repeat changes nothing.

    The hours are over and follow each other. A source is read from their end on.
    """
    if not hours:
        return
    bulk.execute(SET_HOURS, [_row(sli, row) for row in hours])
    starts = sorted({floor_to(row.hour, HOUR) for row in hours})
    first, end = starts[0], starts[-1] + HOUR
    last_day = floor_to(end, DAY)
    with connection.cursor() as cursor:
        cursor.execute(SUM_DAYS, [sli.pk, floor_to(first, DAY), last_day])
    days = sorted({floor_to(start, DAY) for start in starts} - {last_day})
    _mark_done(Grain.HOUR, starts, now)
    _mark_done(Grain.DAY, days, now)
    kept = Sli.objects.select_for_update().get(pk=sli.pk)
    kept.started_at = min(kept.started_at, first)
    kept.counted_until = max(kept.counted_until or end, end)
    kept.save(update_fields=["started_at", "counted_until"])


def _row(sli: Sli, row: HourRow) -> dict[str, Any]:
    return {
        "sli_id": sli.pk,
        "hour": floor_to(row.hour, HOUR),
        "good": row.counts.good,
        "total": row.counts.total,
        "measured_minutes": row.counts.measured_minutes,
    }


def _mark_done(grain: Grain, starts: Sequence[datetime], now: datetime) -> None:
    """Spans that may hold live minutes of other SLIs are summed once more."""
    rows = [{"grain": grain, "start": start, "done_at": now, "is_stale": start >= now - LIVE} for start in starts]
    bulk.execute(MARK_DONE, rows)
