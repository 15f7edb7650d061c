"""Writing minutes of counts. A minute is identified by its SLI and its start, so that a repeat changes nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.lib import partitions
from slo.domain.budgets import Counts, ImpossibleCounts
from slo.domain.streams import MinuteRow
from slo.domain.windows import DAY, HOUR, Grain, floor_to, watermark
from slo.models import MinuteCount, Sli
from slo.services import bulk, derivation

__all__ = ["MinuteRow", "add_minutes", "mark_stale", "oldest_kept_day", "replace_minutes", "set_minutes"]

SET_MINUTES = """
INSERT INTO slo_minutecount AS kept (sli_id, minute, good, total, measured)
SELECT sli_id, minute, good, total, measured
FROM json_to_recordset(%s) AS r(sli_id bigint, minute timestamptz, good bigint, total bigint, measured boolean)
ON CONFLICT (sli_id, minute) DO UPDATE
SET good = excluded.good, total = excluded.total, measured = excluded.measured
WHERE (kept.good, kept.total, kept.measured) IS DISTINCT FROM (excluded.good, excluded.total, excluded.measured)
RETURNING sli_id, minute
"""
ADD_MINUTES = """
INSERT INTO slo_minutecount AS kept (sli_id, minute, good, total, measured)
SELECT sli_id, minute, sum(good), sum(total), bool_or(measured)
FROM json_to_recordset(%s) AS r(sli_id bigint, minute timestamptz, good bigint, total bigint, measured boolean)
GROUP BY sli_id, minute ORDER BY sli_id, minute
ON CONFLICT (sli_id, minute) DO UPDATE
SET good = kept.good + excluded.good, total = kept.total + excluded.total, measured = true
RETURNING sli_id, minute
"""
MARK_STALE = """
INSERT INTO slo_rollup AS kept (grain, start, is_stale, is_final)
SELECT grain, start, true, false FROM json_to_recordset(%s) AS r(grain text, start timestamptz)
ON CONFLICT (grain, start) DO UPDATE SET is_stale = true
"""


def set_minutes(rows: Sequence[MinuteRow], *, now: datetime) -> int:
    """Makes the minutes say exactly this and returns how many changed; impossible rows are refused and reported.

    A minute of an hour that was rolled up already has that hour rolled up again. Streams that follow these SLIs say
    what follows from it in the same transaction.
    """
    return _write(SET_MINUTES, _possible(rows), now)


def add_minutes(rows: Sequence[MinuteRow], *, now: datetime) -> int:
    """Adds to the minutes. NOT harmless to repeat: the caller keeps what it added in the same transaction."""
    return _write(ADD_MINUTES, _possible(rows), now)


def mark_stale(grain: Grain, starts: Iterable[datetime]) -> None:
    """Has the hours or days that begin at `starts` rolled up again."""
    bulk.execute(MARK_STALE, [{"grain": grain, "start": start} for start in sorted(set(starts))])


def replace_minutes(sli_id: int, start: datetime, end: datetime, rows: Sequence[MinuteRow]) -> None:
    """Makes the minutes of one SLI in `[start, end)` these and no others. The caller sums its hours and days."""
    MinuteCount.objects.filter(sli_id=sli_id, minute__gte=start, minute__lt=end).delete()
    _store(SET_MINUTES, list(rows))


def _write(statement: str, rows: list[MinuteRow], now: datetime) -> int:
    if not rows:
        return 0
    with transaction.atomic(savepoint=False):
        written = _store(statement, rows)
        count, changed = len(written), written
        while derived := derivation.following(changed, now=now):
            changed = _store(SET_MINUTES, derived)
            written += changed
        closed_before = floor_to(watermark(now), HOUR)
        mark_stale(Grain.HOUR, (floor_to(minute, HOUR) for _, minute in written if minute < closed_before))
    return count


def _store(statement: str, rows: list[MinuteRow]) -> list[tuple[int, datetime]]:
    """Writes the rows and returns the SLI and the minute of those that changed."""
    if not rows:
        return []
    minutes = [row.minute for row in rows]
    partitions.ensure(MinuteCount._meta.db_table, min(minutes).date(), max(minutes).date())
    return [(sli_id, minute) for sli_id, minute in bulk.execute(statement, [_as_dict(row) for row in rows])]


def _as_dict(row: MinuteRow) -> dict[str, Any]:
    """The row by the names of its columns; `dataclasses.asdict` copies every value and costs as much as the writing."""
    return {
        "sli_id": row.sli_id,
        "minute": row.minute,
        "good": row.good,
        "total": row.total,
        "measured": row.measured,
    }


def _possible(rows: Sequence[MinuteRow]) -> list[MinuteRow]:
    possible, problems = [], {}
    for row in rows:
        try:
            Counts(row.good, row.total)
            possible.append(row)
        except ImpossibleCounts as error:
            problems[row.sli_id] = f"{row.minute:%Y-%m-%d %H:%M}: {error}"
    for sli_id, problem in problems.items():
        Sli.objects.filter(pk=sli_id).update(problem=problem)
    return possible


def oldest_kept_day(now: datetime, kept_days: int) -> datetime:
    """The first day whose minutes are still there."""
    return floor_to(now, DAY) - kept_days * DAY
