"""Reading the registered sources minute by minute, up to the watermark and with a second look at the last minutes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import TruncHour

from slo.domain.windows import HOUR, MINUTE, floor_to, watermark
from slo.models import MinuteCount, Sli
from slo.services import counts, sources
from slo.services.sources import Source

LOOK_BACK = timedelta(minutes=5)
REACH = timedelta(days=2)
AT_ONCE = 120
LATE = timedelta(hours=24)


def collect_due(*, now: datetime) -> int:
    """Reads every SLI with a source up to the watermark and returns how many minutes changed.

    Five minutes are read again each time, because events may come late; after an outage of ours the minutes of up
    to two days are read, at most 120 in one go.
    """
    ids = Sli.objects.exclude(source="").order_by("pk").values_list("pk", flat=True)
    return sum(_collect(pk, now) for pk in ids)


@transaction.atomic
def _collect(pk: int, now: datetime) -> int:
    sli = Sli.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    source = sources.find_source(sli.source) if sli is not None else None
    if sli is None or source is None:
        return 0
    end = watermark(now)
    reached = sli.counted_until or floor_to(sli.started_at, MINUTE)
    start = max(reached - LOOK_BACK, floor_to(sli.started_at, MINUTE), end - REACH)
    end = min(end, max(reached, start) + AT_ONCE * MINUTE)
    rows = _read(sli, source, start, end)
    sli.counted_until, sli.problem = max(reached, end), ""
    sli.save(update_fields=["counted_until", "problem"])
    return counts.set_minutes(rows, now=now)


def reconcile_due(*, now: datetime) -> int:
    """Compares the full hours of the last day with their sources, reads again those that events reached late, and
    returns how many minutes changed: an edge without a database delivers its outcomes hours later."""
    ids = Sli.objects.exclude(source="").order_by("pk").values_list("pk", flat=True)
    return sum(_reconcile(pk, now) for pk in ids)


@transaction.atomic
def _reconcile(pk: int, now: datetime) -> int:
    sli = Sli.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    source = sources.find_source(sli.source) if sli is not None else None
    if sli is None or source is None or sli.counted_until is None:
        return 0
    end = floor_to(sli.counted_until - LOOK_BACK, HOUR)
    first = max(end - LATE, floor_to(sli.started_at - MINUTE, HOUR) + HOUR)
    hours = [first + number * HOUR for number in range(max(0, (end - first) // HOUR))]
    stored = _stored(sli, first, end)
    late = [hour for hour in hours if (source.counts(hour, hour + HOUR) or (0, 0)) != stored.get(hour, (0, 0))]
    rows = [row for hour in late for row in _read(sli, source, hour, hour + HOUR)]
    return counts.set_minutes(rows, now=now)


def _read(sli: Sli, source: Source, start: datetime, end: datetime) -> list[counts.MinuteRow]:
    """The minutes of `[start, end)` as the source tells them now; unmeasured ones are left out."""
    minutes = [start + number * MINUTE for number in range(max(0, (end - start) // MINUTE))]
    answers = [(minute, source.counts(minute, minute + MINUTE)) for minute in minutes]
    return [counts.MinuteRow(sli.pk, minute, *found) for minute, found in answers if found is not None]


def _stored(sli: Sli, start: datetime, end: datetime) -> dict[datetime, tuple[int, int]]:
    rows = MinuteCount.objects.filter(sli=sli, minute__gte=start, minute__lt=end).annotate(hour=TruncHour("minute"))
    sums = rows.values("hour").annotate(good_sum=Sum("good"), total_sum=Sum("total"))
    return {row["hour"]: (row["good_sum"], row["total_sum"]) for row in sums}
