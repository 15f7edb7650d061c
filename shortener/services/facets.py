"""Facets of links, teams and domains by day: small batches are folded in at once, large ones wait as appended rows.

A click touches one facet of each dimension, so a large batch touches more facets than it has clicks. Appending them
costs a tenth of an upsert, and folding many batches together upserts each facet once. What waits was written in the
transaction that counted its clicks, and a fold moves it in one: nothing is lost or doubled, it only shows a little
later, when the drain has caught up or after some batches.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from struct import Struct, pack
from typing import Any, NamedTuple

from django.db import connection, transaction

from shortener.domain.logrows import HEADER, TRAILER, field
from shortener.domain.tallies import MOST_VALUES, OTHER, FacetCount, Tally, day_of
from shortener.services import rollups

AT_ONCE = 5_000
"""Facets up to which a batch is folded in its own transaction."""

COPY = "COPY shortener_facetdelta (link_id, number, day, dimension, value, is_bot) FROM STDIN (FORMAT binary)"
GIVEN = """unnest(%s::bigint[], %s::date[], %s::text[], %s::text[], %s::boolean[], %s::bigint[])
    AS waiting (link_id, day, dimension, value, is_bot, number)"""
WAITING = "shortener_facetdelta waiting"
OWNED = """
    {source} JOIN shortener_link link ON link.id = waiting.link_id
    CROSS JOIN LATERAL (VALUES ('team', link.team_id), ('domain', link.domain_id)) AS owner (scope, scope_id)
"""
FOLD = """
WITH folded AS (
    INSERT INTO {table} AS old ({keys}, day, dimension, value, people, bots)
    SELECT {keys}, day, dimension, value, coalesce(sum(number) FILTER (WHERE NOT is_bot), 0)::bigint,
        coalesce(sum(number) FILTER (WHERE is_bot), 0)::bigint
    FROM {source} GROUP BY {keys}, day, dimension, value
    ON CONFLICT ({keys}, day, dimension, value)
    DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
    RETURNING {keys}, day, dimension, xmax = 0 AS is_new
), grown AS (
    SELECT {keys}, day, dimension, count(*) AS number FROM folded WHERE is_new GROUP BY {keys}, day, dimension
)
SELECT {keys}, day, dimension FROM grown WHERE number + (
    SELECT count(*) FROM {table} kept WHERE ({kept}, kept.day, kept.dimension) = ({grown}, grown.day, grown.dimension)
) > %s
"""
TRIM = """
WITH ranked AS (
    SELECT ctid AS place, row_number() OVER (ORDER BY value = %s DESC, people + bots DESC, value) AS rank
    FROM {table} WHERE ({keys}, day, dimension) = ({marks}, %s, %s)
), beyond AS (
    DELETE FROM {table} WHERE ctid IN (SELECT place FROM ranked WHERE rank > %s)
    RETURNING {keys}, day, dimension, people, bots
)
INSERT INTO {table} AS old ({keys}, day, dimension, value, people, bots)
SELECT {keys}, day, dimension, %s, sum(people), sum(bots) FROM beyond GROUP BY {keys}, day, dimension
ON CONFLICT ({keys}, day, dimension, value)
DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
_POSTGRES_EPOCH = date(2000, 1, 1)
_begin_row = Struct(">hiqiq").pack


class Table(NamedTuple):
    """A table of facets, by what owns them, and how many values of a dimension an owner has on a day."""

    name: str
    keys: tuple[str, ...]
    most: int

    def statement(self, text: str, source: str = "") -> str:
        """`text` with the names of this table."""
        return text.format(
            table=self.name,
            keys=", ".join(self.keys),
            marks=", ".join("%s" for _ in self.keys),
            kept=", ".join(f"kept.{key}" for key in self.keys),
            grown=", ".join(f"grown.{key}" for key in self.keys),
            source=source,
        )


LINKS = Table("shortener_clickfacet", ("link_id",), MOST_VALUES)
SCOPES = Table("shortener_scopefacet", ("scope", "scope_id"), 250)


def write(tally: Tally) -> None:
    """Adds the facets of a batch, in its transaction: folded at once when they are few."""
    days = [(day_of(day), list(tally.facets(day))) for day in sorted(tally.days)]
    if sum(len(facets) for _, facets in days) > AT_ONCE:
        _append(days)
    elif days:
        rows = [(count.link_id, day, *count[1:]) for day, facets in days for count in facets]
        _fold(GIVEN, [list(column) for column in zip(*rows, strict=True)])


def fold() -> bool:
    """Folds everything that waits, in a transaction of its own; says whether anything did."""
    with transaction.atomic(), connection.cursor() as cursor:
        rollups.become_only_writer()
        cursor.execute("SELECT EXISTS (SELECT FROM shortener_facetdelta)")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SET LOCAL work_mem = '128MB'")
        _fold(WAITING, [])
        cursor.execute("TRUNCATE shortener_facetdelta")
        return True


def _append(days: Iterable[tuple[date, list[FacetCount]]]) -> None:
    rows = chain([HEADER], chain.from_iterable(_rows(day, facets) for day, facets in days), [TRAILER])
    with connection.cursor() as cursor:
        cursor.copy_expert(COPY, io.BytesIO(b"".join(rows)))


def _rows(day: date, facets: Iterable[FacetCount]) -> Iterator[bytes]:
    """Rows for COPY; the ends are shared by all links that have the same value."""
    when = field(pack(">i", (day - _POSTGRES_EPOCH).days))
    ends: dict[tuple[str, str, bool], bytes] = {}
    for link_id, dimension, value, is_bot, number in facets:
        end = ends.get((dimension, value, is_bot))
        if end is None:
            end = when + field(dimension.encode()) + field(value.encode()) + field(bytes((is_bot,)))
            ends[dimension, value, is_bot] = end
        yield _begin_row(6, 8, link_id, 8, number) + end


def _fold(source: str, parameters: list[Any]) -> None:
    for table, wider in ((LINKS, source), (SCOPES, OWNED.format(source=source))):
        with connection.cursor() as cursor:
            cursor.execute(table.statement(FOLD, wider), [*parameters, table.most])
            for crowded in cursor.fetchall():
                cursor.execute(table.statement(TRIM), [OTHER, *crowded, table.most, OTHER])
