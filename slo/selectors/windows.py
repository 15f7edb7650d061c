"""Reading the counts of windows for many SLIs at once: one query, whatever the number of SLIs and of windows."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Max, Min, Q

from slo.domain.budgets import Counts
from slo.domain.windows import DAY, EPOCH, HOUR, Grain, Piece, Rolled, pieces
from slo.models import RollUp

Span = tuple[datetime, datetime]
Key = TypeVar("Key", bound=Hashable)
ROW = 3
APART = 10_000
FEW = 16


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


class Part(NamedTuple):
    """A query of one span of one grain, which an index on the SLI and the time can answer, and its values."""

    query: str
    values: list[Any]


class Reading(NamedTuple):
    """What is read of one grain, and of each window the numbers of the buckets that make it up."""

    parts: list[Part]
    buckets: list[list[int]]


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


def window_sums(
    spans: Sequence[Span], *, sli_ids: Collection[int] | None = None, state: Rolled | None = None
) -> dict[int, Sequence[int]]:
    """Good, total and measured minutes of each of the `spans`, flat and in their order, of each SLI that has any.

    Spans are half-open and lie on full minutes. The database adds the buckets between all edges up to each span.
    """
    state = state or rolled()
    cut = [pieces(start, end, state) for start, end in spans]
    readings: list[Reading] = []
    buckets: list[list[int]] = [[] for _ in spans]
    for grain in Grain:
        wanted = [[piece for piece in parts if piece.grain is grain] for parts in cut]
        if any(wanted):
            readings.append(_reading(grain, wanted, len(readings)))
            for numbers, more in zip(buckets, readings[-1].buckets, strict=True):
                numbers.extend(more)
    return _summed(readings, buckets, sli_ids) if readings else {}


def window_counts(spans: Mapping[Key, Span], *, sli_ids: Collection[int] | None = None) -> dict[int, dict[Key, Counts]]:
    """The counts of each window of each SLI that has any."""
    found = window_sums(list(spans.values()), sli_ids=sli_ids)
    return {
        sli_id: {key: Counts(*sums[ROW * number : ROW * (number + 1)]) for number, key in enumerate(spans)}
        for sli_id, sums in found.items()
    }


def counts_of(sli_id: int, start: datetime, end: datetime) -> Counts:
    """The counts of one SLI in `[start, end)`, cut to full minutes by the caller."""
    return Counts(*window_sums([(start, end)], sli_ids=[sli_id]).get(sli_id, ()))


def _reading(grain: Grain, wanted: Sequence[Sequence[Piece]], place: int) -> Reading:
    """The sums of `grain` between all neighbouring edges; nothing between the spans is read.

    `place` tells the buckets of one grain from those of the others. A few buckets are summed one by one, which costs
    half as much for each row as telling the bucket of each; many are told apart in one pass.
    """
    first = place * APART + 1
    edges = sorted({edge for parts in wanted for piece in parts for edge in (piece.start, piece.end)})
    buckets = [
        [first + number for number, edge in enumerate(edges) if any(piece.start <= edge < piece.end for piece in parts)]
        for parts in wanted
    ]
    used = sorted({number for numbers in buckets for number in numbers})
    if len(used) <= FEW:
        alone = [edges[number - first : number - first + 2] for number in used]
        return Reading([_bucket(grain, number, span) for number, span in zip(used, alone, strict=True)], buckets)
    table, column, measured = SOURCES[grain]
    query = f"""
        SELECT sli_id, width_bucket({column}, %s::timestamptz[]) + {first - 1} AS number,
            sum(good)::bigint AS good, sum(total)::bigint AS total, {measured}::bigint AS measured
        FROM {table} WHERE {column} >= %s AND {column} < %s {{chosen}} GROUP BY 1, 2
    """  # noqa: S608 - names of our own tables and columns only
    return Reading([Part(query, [edges, *span]) for span in _merged(wanted)], buckets)


def _bucket(grain: Grain, number: int, span: Sequence[datetime]) -> Part:
    """The sums of one bucket, from its first edge up to its second."""
    table, column, measured = SOURCES[grain]
    query = f"""
        SELECT sli_id, {number} AS number, sum(good)::bigint AS good, sum(total)::bigint AS total,
            {measured}::bigint AS measured
        FROM {table} WHERE {column} >= %s AND {column} < %s {{chosen}} GROUP BY 1
    """  # noqa: S608 - names of our own tables and columns only
    return Part(query, list(span))


def _summed(
    readings: Sequence[Reading], buckets: Sequence[Sequence[int]], sli_ids: Collection[int] | None
) -> dict[int, Sequence[int]]:
    chosen = "" if sli_ids is None else "AND sli_id = ANY(%s)"
    own = [] if sli_ids is None else [list(sli_ids)]
    parts = [part for one in readings for part in one.parts]
    union = " UNION ALL ".join(part.query.format(chosen=chosen) for part in parts)
    columns = ", ".join(
        f"coalesce(sum({name}) FILTER (WHERE number IN ({', '.join(map(str, numbers or [0]))})), 0)::bigint"
        for numbers in buckets
        for name in ("good", "total", "measured")
    )
    query = f"SELECT sli_id, {columns} FROM ({union}) AS pieces GROUP BY sli_id"  # noqa: S608 - our own names only
    with connection.cursor() as cursor:
        cursor.execute(query, [value for part in parts for value in (*part.values, *own)])
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _merged(groups: Sequence[Sequence[Piece]]) -> list[Span]:
    """The union of all pieces as spans that do not touch, so that nothing between them is read."""
    spans: list[Span] = []
    for piece in sorted((piece for parts in groups for piece in parts), key=lambda piece: piece.start):
        if spans and piece.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], piece.end))
        else:
            spans.append((piece.start, piece.end))
    return spans
