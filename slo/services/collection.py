"""Reading the registered sources minute by minute, up to the watermark and with a second look at the last minutes."""

from datetime import datetime, timedelta

from django.db import transaction

from slo.domain.windows import MINUTE, floor_to, watermark
from slo.models import Sli
from slo.services import counts, sources

LOOK_BACK = timedelta(minutes=5)
REACH = timedelta(days=2)
AT_ONCE = 120


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
    rows = []
    for number in range(max(0, (end - start) // MINUTE)):
        minute = start + number * MINUTE
        found = source.counts(minute, minute + MINUTE)
        if found is not None:
            rows.append(counts.MinuteRow(sli.pk, minute, *found))
    sli.counted_until, sli.problem = max(reached, end), ""
    sli.save(update_fields=["counted_until", "problem"])
    return counts.set_minutes(rows, now=now)
