"""Taking pushed counts. A repeat replaces what its source said of a minute; the minute is the sum of its sources."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from portal.lib import partitions
from portal.lib.errors import Invalid
from slo.domain import pushes
from slo.domain.budgets import Counts
from slo.domain.windows import MINUTE
from slo.exceptions import NotPushed
from slo.models import PushedMinute, Sli
from slo.services import bulk, counts
from slo.services.retention import SHORTEST

SET_PUSHED = """
INSERT INTO slo_pushedminute AS kept (sli_id, minute, source, good, total)
SELECT sli_id, minute, source, good, total
FROM json_to_recordset(%s) AS r(sli_id bigint, minute timestamptz, source varchar, good bigint, total bigint)
ON CONFLICT (sli_id, minute, source) DO UPDATE SET good = excluded.good, total = excluded.total
WHERE (kept.good, kept.total) IS DISTINCT FROM (excluded.good, excluded.total)
RETURNING minute
"""


def take_counts(*, sli: Sli, body: Mapping[str, Any], now: datetime, minute_days: int) -> dict[datetime, Counts]:
    """Takes the push of one source and returns the minutes that changed with their sums over all sources.

    Everything of it or nothing: Invalid names all faults. Pushes to one SLI wait for each other, so that a sum
    never misses a source; a repeat changes nothing. An SLI that is not pushed is NotPushed.
    """
    if sli.kind != "push":
        raise NotPushed
    bounds = pushes.Bounds(counts.oldest_kept_day(now, max(minute_days, SHORTEST)), now)
    unknown = pushes.unknown_fields(body)
    try:
        found = pushes.read(body.get("source"), body.get("minutes"), bounds)
    except pushes.BadPush as error:
        raise Invalid(fields=error.errors | unknown) from error
    if unknown:
        raise Invalid(fields=unknown)
    return _store(sli, str(body["source"]), found, now)


@transaction.atomic
def _store(sli: Sli, source: str, found: list[pushes.Pushed], now: datetime) -> dict[datetime, Counts]:
    kept = Sli.objects.select_for_update(no_key=True).get(pk=sli.pk)
    days = [item.minute.date() for item in found]
    partitions.ensure(PushedMinute._meta.db_table, min(days), max(days))
    rows = [asdict(item) | {"sli_id": kept.pk, "source": source} for item in found]
    changed = [minute for (minute,) in bulk.execute(SET_PUSHED, rows)]
    end = max(item.minute for item in found) + MINUTE
    if kept.counted_until is None or end > kept.counted_until:
        kept.counted_until = end
        kept.save(update_fields=["counted_until"])
    sums = _sums(kept, changed)
    counts.set_minutes([counts.MinuteRow(kept.pk, at, one.good, one.total) for at, one in sums.items()], now=now)
    return sums


def _sums(sli: Sli, minutes: list[datetime]) -> dict[datetime, Counts]:
    if not minutes:
        return {}
    first, last = min(minutes), max(minutes)
    rows = PushedMinute.objects.filter(sli=sli, minute__gte=first, minute__lte=last, minute__in=minutes)
    found = rows.values("minute").order_by("minute").annotate(good_sum=Sum("good"), total_sum=Sum("total"))
    return {row["minute"]: Counts(int(row["good_sum"]), int(row["total_sum"]), 1) for row in found}
