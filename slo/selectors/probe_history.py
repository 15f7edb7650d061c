"""The past of probes: their days, their uptime, their latency, and the phases of their latest runs."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from django.db import connection

from slo.domain.budgets import Counts
from slo.domain.uptimes import DAY, SPANS, Cell, cells, uptime
from slo.domain.windows import floor_to, watermark
from slo.models import DayCount, Probe, ProbeResult
from slo.selectors import windows

TIMELINE_DAYS = 90
LIST_DAYS = 30
LATEST = 20
STEP = timedelta(minutes=30)
PERCENTILES = """
SELECT date_bin(%s, slot_at, %s), percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY extract(epoch FROM latency))
FROM slo_proberesult WHERE probe_id = %s AND slot_at >= %s AND slot_at < %s AND ok GROUP BY 1 ORDER BY 1
"""


class Latency(NamedTuple):
    """Median and 95th percentile, in milliseconds, of the good runs of `[at, at + step)`."""

    at: datetime
    p50: float | None
    p95: float | None


def timeline(sli_id: int, *, now: datetime, days: int = TIMELINE_DAYS) -> list[Cell]:
    """The last `days` UTC days, today as far as it is counted."""
    return timelines([sli_id], now=now, days=days)[sli_id]


def timelines(sli_ids: Sequence[int], *, now: datetime, days: int = LIST_DAYS) -> dict[int, list[Cell]]:
    """The days of several SLIs; those that are not summed up yet are read from hours and minutes."""
    today = floor_to(now, DAY)
    first = today - (days - 1) * DAY
    rolled_until = min(max(windows.rolled().days_until, first), today)
    found: dict[int, dict[datetime, Counts]] = {sli_id: {} for sli_id in sli_ids}
    for row in DayCount.objects.filter(sli_id__in=sli_ids, day__gte=first, day__lt=rolled_until):
        found[row.sli_id][row.day] = Counts(row.good, row.total, row.measured_minutes)
    for sli_id, day, counts in _fresh(sli_ids, rolled_until, today, now):
        found[sli_id][day] = counts
    return {sli_id: cells(of_one, last=today, days=days) for sli_id, of_one in found.items()}


def _fresh(
    sli_ids: Sequence[int], first: datetime, today: datetime, now: datetime
) -> Iterator[tuple[int, datetime, Counts]]:
    """The days from `first` that are not summed up yet, two at most: nobody waits longer for the sums."""
    end = watermark(now)
    days = [day for day in (today, today - DAY) if day >= first and end > day]
    spans = {today - day + DAY: (day, min(day + DAY, end)) for day in days}
    if not spans or not sli_ids:
        return
    for sli_id, counted in windows.window_counts(spans, sli_ids=sli_ids).items():
        for length, (day, _) in spans.items():
            yield sli_id, day, counted[length]


def uptimes(sli_id: int, *, now: datetime) -> dict[str, Fraction | None]:
    """Good runs of all runs over 24 hours, 7, 30 and 90 days, the open minute left out."""
    end = watermark(now)
    spans = {
        span: (floor_to(end - span, timedelta(hours=1)) if span > DAY else end - span, end) for span in SPANS.values()
    }
    found = windows.window_counts(spans, sli_ids=[sli_id]).get(sli_id, {})
    return {name: uptime(found.get(span)) for name, span in SPANS.items()}


def latencies(probe: Probe, *, start: datetime, end: datetime) -> list[Latency]:
    """Half hour by half hour; one without a good run is a gap."""
    first = floor_to(start, STEP)
    with connection.cursor() as cursor:
        asked: list[Any] = [STEP, first, probe.pk, first, end]
        cursor.execute(PERCENTILES, asked)
        found = dict(cursor.fetchall())
    times = [first + number * STEP for number in range(-((first - end) // STEP))]
    return [Latency(at, *(_milliseconds(value) for value in found.get(at, (None, None)))) for at in times]


def _milliseconds(seconds: object) -> float | None:
    return None if seconds is None else round(float(str(seconds)) * 1000, 1)


def latest_runs(probe: Probe, *, start: datetime, end: datetime) -> list[ProbeResult]:
    """The latest runs whose phases are known, the latest first."""
    found = ProbeResult.objects.filter(probe=probe, slot_at__gte=start, slot_at__lt=end, timings__isnull=False)
    return list(found.order_by("-slot_at")[:LATEST])
