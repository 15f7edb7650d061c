"""Reading the counts of windows for many SLIs at once: one query per grain, whatever the number of SLIs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Max, Min, Q

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, EPOCH, HOUR, MINUTES_REACH, Grain, Piece, Rolled, floor_to, pieces
from slo.models import RollUp

Span = tuple[datetime, datetime]
Key = TypeVar("Key")


class Source(NamedTuple):
    """Where the counts of a grain are stored."""

    table: str
    column: str
    measured: str


SOURCES = {
    Grain.MINUTE: Source("slo_minutecount", "minute", "count(*) FILTER (WHERE measured)"),
    Grain.HOUR: Source("slo_hourcount", "hour", "sum(measured_minutes)"),
    Grain.DAY: Source("slo_daycount", "day", "sum(measured_minutes)"),
}


class Bucket(NamedTuple):
    """The sums of one SLI between two neighbouring edges."""

    start: datetime
    counts: Counts


def rolled() -> Rolled:
    """Up to where hours and days are summed up; the year 2000 while none is."""
    return Rolled(hours_until=_rolled_until(Grain.HOUR, HOUR), days_until=_rolled_until(Grain.DAY, DAY))


def _rolled_until(grain: Grain, step: timedelta) -> datetime:
    found = RollUp.objects.filter(grain=grain).aggregate(
        open=Min("start", filter=Q(done_at=None)), last=Max("start", filter=Q(done_at__isnull=False))
    )
    if found["last"] is None:
        return EPOCH
    until: datetime = found["last"] + step
    return until if found["open"] is None else min(found["open"], until)


def counts_since(starts: Mapping[int, Collection[datetime]], end: datetime) -> dict[int, dict[datetime, Counts]]:
    """The counts of `[start, end)` for each of the `starts` of each SLI; an SLI without counts may be missing.

    The last three days are read once for all SLIs, what lies before them once for each different start.
    """
    near_from = floor_to(end - MINUTES_REACH, HOUR)
    far: dict[datetime, list[int]] = defaultdict(list)
    for sli_id, wanted in starts.items():
        for start in wanted:
            if start < near_from:
                far[start].append(sli_id)
    near = {start for wanted in starts.values() for start in wanted if start >= near_from} | {near_from}
    state = rolled()
    found = window_counts({start: (start, end) for start in near}, sli_ids=list(starts), state=state)
    for start, sli_ids in far.items():
        before = window_counts({start: (start, near_from)}, sli_ids=sli_ids, state=state)
        for sli_id in sli_ids:
            sums = found[sli_id]
            sums[start] = sums.get(near_from, Counts()) + before[sli_id].get(start, Counts())
    return found


def window_counts(
    spans: Mapping[Key, Span], *, sli_ids: Sequence[int] | None = None, state: Rolled | None = None
) -> dict[int, dict[Key, Counts]]:
    """The counts of each window of each SLI that has any; `spans` are half-open and lie on full minutes."""
    state = state or rolled()
    cut = {key: pieces(start, end, state) for key, (start, end) in spans.items()}
    found: dict[int, dict[Key, Counts]] = defaultdict(lambda: dict.fromkeys(spans, Counts()))
    for grain in Grain:
        wanted = {key: [piece for piece in parts if piece.grain is grain] for key, parts in cut.items()}
        edges = sorted({edge for parts in wanted.values() for piece in parts for edge in (piece.start, piece.end)})
        if edges:
            _add(found, wanted, _buckets(grain, _merged(wanted.values()), edges, sli_ids))
    return found


def counts_of(sli_id: int, start: datetime, end: datetime) -> Counts:
    """The counts of one SLI in `[start, end)`, cut to full minutes by the caller."""
    return window_counts({start: (start, end)}, sli_ids=[sli_id])[sli_id][start]


def _add(
    found: dict[int, dict[Key, Counts]],
    wanted: Mapping[Key, Sequence[Piece]],
    buckets: Iterable[tuple[int, Bucket]],
) -> None:
    holders: dict[datetime, list[Key]] = {}
    for sli_id, bucket in buckets:
        if bucket.start not in holders:
            holders[bucket.start] = [key for key, parts in wanted.items() if _holds(parts, bucket.start)]
        sums = found[sli_id]
        for key in holders[bucket.start]:
            sums[key] += bucket.counts


def _holds(parts: Sequence[Piece], instant: datetime) -> bool:
    return any(piece.start <= instant < piece.end for piece in parts)


def _merged(groups: Iterable[Sequence[Piece]]) -> list[Span]:
    """The union of all pieces as spans that do not touch, so that nothing between them is read."""
    spans: list[Span] = []
    for piece in sorted((piece for parts in groups for piece in parts), key=lambda piece: piece.start):
        if spans and piece.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.end))
        else:
            spans.append((piece.start, piece.end))
    return spans


def _buckets(
    grain: Grain, spans: Sequence[Span], edges: Sequence[datetime], sli_ids: Sequence[int] | None
) -> list[tuple[int, Bucket]]:
    table, column, measured = SOURCES[grain]
    ranges = " OR ".join(f"({column} >= %s AND {column} < %s)" for _ in spans)
    chosen = "" if sli_ids is None else "AND sli_id = ANY(%s)"
    query = f"""
        SELECT sli_id, width_bucket({column}, %s::timestamptz[]), sum(good)::bigint, sum(total)::bigint, {measured}
        FROM {table} WHERE ({ranges}) {chosen} GROUP BY 1, 2
    """  # noqa: S608 - names of our own tables and columns only
    values: list[Any] = [list(edges), *(edge for span in spans for edge in span)]
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, list(sli_ids)] if sli_ids is not None else values)
        return [
            (sli_id, Bucket(edges[number - 1], Counts(good, total, int(minutes))))
            for sli_id, number, good, total, minutes in cursor.fetchall()
        ]
