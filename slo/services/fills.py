"""Bringing the own streams of SLOs up to the watermark, minute by minute."""

from datetime import datetime, timedelta

from django.db import transaction

from slo.domain.windows import MINUTE, floor_to, watermark
from slo.models import Sli
from slo.services import counts, derivation
from slo.services.derivation import OWN_KINDS, Stream

CATCH_UP = timedelta(days=2)
BATCH = 500


def fill_due(*, now: datetime) -> int:
    """Brings every own stream up to the watermark, parts first, and returns how many were behind.

    The minutes that parts have are there already; this adds those in which nothing was measured but something holds:
    time that is left out, an event that grows old, a part that is measured less often.
    """
    filled, end = 0, watermark(now)
    while count := _fill_batch(end, now):
        filled += count
    return filled


@transaction.atomic
def _fill_batch(end: datetime, now: datetime) -> int:
    due = Sli.objects.filter(kind__in=OWN_KINDS, counted_until__lt=end, owner__archived_at=None)
    ids = list(due.order_by("settings__depth", "counted_until").values_list("pk", flat=True)[:BATCH])
    streams = derivation.locked(ids, skip_locked=True)
    by_depth: dict[int, list[Stream]] = {}
    for stream in streams:
        by_depth.setdefault(stream.recipe.depth, []).append(stream)
    for some in by_depth.values():
        counts.set_minutes(derivation.rows_of({stream: _missing(stream.sli, end) for stream in some}), now=now)
    Sli.objects.filter(pk__in=[stream.sli.pk for stream in streams]).update(counted_until=end)
    return len(streams)


def _missing(sli: Sli, end: datetime) -> list[datetime]:
    start = max(sli.counted_until or end, floor_to(sli.started_at, MINUTE), end - CATCH_UP)
    return [start + number * MINUTE for number in range(max(0, (end - start) // MINUTE))]
