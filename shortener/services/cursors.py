"""How far each segment of each edge is counted, so that whatever is delivered again is counted once.

An edge ships its segments in the order of their numbers and each from its beginning; a run that it is not sure of it
sends again. So the newest cursors answer for nearly everything, and older ones can be packed away.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction

from shortener.models import EdgeCursor
from shortener.services import rollups

KEPT = timedelta(hours=1)
KEPT_NEWEST = 32
"""Cursors of an edge that stay unpacked however old they are: what it may send again after a long absence."""

Place = tuple[str, int]
"""An edge and the number of one of its segments."""

STORED = """
SELECT edge, number, counted_to FROM shortener_edgecursor
JOIN unnest(%s::text[], %s::bigint[]) AS given (edge, number) USING (edge, number)
"""
ARCHIVED = """
SELECT given.edge, given.number, max(packed.counted_to[array_position(packed.numbers, given.number)])
FROM unnest(%s::text[], %s::bigint[]) AS given (edge, number)
JOIN shortener_edgearchive packed ON packed.edge = given.edge AND given.number BETWEEN packed.first AND packed.last
WHERE given.number = ANY (packed.numbers) GROUP BY 1, 2
"""
PACK = """
WITH old AS (
    DELETE FROM shortener_edgecursor WHERE id IN (
        SELECT id FROM (
            SELECT id, drained_at, row_number() OVER (PARTITION BY edge ORDER BY number DESC) AS place
            FROM shortener_edgecursor
        ) ranked WHERE place > %s AND drained_at < %s
    ) RETURNING edge, number, counted_to
)
INSERT INTO shortener_edgearchive AS packed (edge, day, first, last, numbers, counted_to)
SELECT edge, %s, min(number), max(number), array_agg(number ORDER BY number), array_agg(counted_to ORDER BY number)
FROM old GROUP BY edge
ON CONFLICT (edge, day) DO UPDATE SET first = least(packed.first, excluded.first),
    last = greatest(packed.last, excluded.last), numbers = packed.numbers || excluded.numbers,
    counted_to = packed.counted_to || excluded.counted_to
"""


def counted(places: Collection[Place]) -> dict[Place, int]:
    """Up to which byte each of these segments is counted; one that was never met is left out."""
    found = _ask(STORED, places)
    return found | _ask(ARCHIVED, [place for place in places if place not in found])


def advance(ends: dict[Place, int], now: datetime) -> None:
    """Notes that these segments are counted up to these bytes, in the transaction that counted them."""
    EdgeCursor.objects.bulk_create(
        [EdgeCursor(edge=edge, number=number, counted_to=ends[edge, number], drained_at=now) for edge, number in ends],
        update_conflicts=True,
        unique_fields=["edge", "number"],
        update_fields=["counted_to", "drained_at"],
    )


def pack(*, now: datetime) -> int:
    """Packs the cursors that nothing is expected for into the archive of today; returns of how many edges."""
    with transaction.atomic(), connection.cursor() as cursor:
        rollups.become_only_writer()
        cursor.execute(PACK, [KEPT_NEWEST, now - KEPT, now.date()])
        return int(cursor.rowcount)


def _ask(statement: str, places: Collection[Place]) -> dict[Place, int]:
    if not places:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [[edge for edge, _ in places], [number for _, number in places]])
        return {(edge, number): end for edge, number, end in cursor.fetchall()}
