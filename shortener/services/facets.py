"""Facets of links, teams and domains by day: small batches are folded in at once, large ones wait as appended rows.

A click touches one facet of each dimension, so a large batch touches more facets than it has clicks. Appending them
costs a tenth of an upsert, and folding many batches together upserts each facet once. What waits was written in the
transaction that counted its clicks, and a fold moves it in one: nothing is lost or doubled, it only shows a little
later. Batches append to one side while the other is folded, so the drain never waits for a fold.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from struct import Struct, pack
from typing import Any, NamedTuple

from django.db import connection, transaction

from shortener.domain.logrows import field
from shortener.domain.tallies import MOST_VALUES, OTHER, LinkFacets, Tally, day_of
from shortener.domain.visits import Profiles
from shortener.models import FacetDelta, FacetFold
from shortener.services import clicklog, rollups

AT_ONCE = 5_000
"""Facets up to which a batch is folded in its own transaction."""

LOCK = 7014
"""Whoever writes facets into the roll-ups holds this lock of PostgreSQL."""

LEAST_REST = timedelta(seconds=2)
REST = 10
"""After a fold the next one comes when this many times its length has passed: under load it pays to wait."""

COPY = "COPY shortener_facetdelta (side, link_id, number, day, dimension, value, is_bot) FROM STDIN (FORMAT binary)"
GIVEN = """unnest(%s::bigint[], %s::date[], %s::text[], %s::text[], %s::boolean[], %s::bigint[])
    AS waiting (link_id, day, dimension, value, is_bot, number)"""
WAITING = "shortener_facetdelta_{} waiting"
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
    ON CONFLICT ({keys}, day, mark)
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
ON CONFLICT ({keys}, day, mark)
DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
LINKS_AT_A_TIME = 200
_POSTGRES_EPOCH = date(2000, 1, 1)
_begin_row = Struct(">hihiqiq").pack


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
    """Adds the facets of a batch, in its transaction: folded at once when they are few and nobody folds others."""
    days = [(day_of(day), list(tally.facets(day))) for day in sorted(tally.days)]
    if not days:
        return
    if sum(len(counts) for _, facets in days for _, counts in facets) <= AT_ONCE and _may_fold():
        values = tally.profiles.values
        rows = [
            (link, day, *values[value], number)
            for day, facets in days
            for link, counts in facets
            for value, number in counts.items()
        ]
        _fold(GIVEN, [list(column) for column in zip(*rows, strict=True)])
    else:
        _append(days, tally.profiles)


def fold_due(*, now: datetime) -> bool:
    """Folds what waits, unless the last fold was too short ago; says whether anything was folded.

    First the sides change, for which the drain is kept out for a moment; then the side that nobody writes to any more
    is folded and emptied in one transaction. A fold that was cut short is found on that side by the next one.
    """
    state, _ = FacetFold.objects.get_or_create(pk=1, defaults={"due_at": now})
    if state.due_at > now or not FacetDelta.objects.exists():
        return False
    started = time.monotonic()
    if not _fold_side(1 - _resting_side(now)):
        return False
    rest = max(LEAST_REST, timedelta(seconds=REST * (time.monotonic() - started)))
    FacetFold.objects.filter(pk=1).update(due_at=now + rest)
    return True


def _resting_side(now: datetime) -> int:
    """The side that batches write to from now on: the empty one, or the same if the other was never folded."""
    with transaction.atomic():
        rollups.become_only_writer()
        side = _writing_side()
        if not FacetDelta.objects.filter(side=1 - side).exists():
            side = 1 - side
            FacetFold.objects.filter(pk=1).update(side=side)
        return side


def _fold_side(side: int) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        if not _may_fold():
            return False
        cursor.execute("SET LOCAL work_mem = '128MB'")
        _fold(WAITING.format(side), [])
        cursor.execute(f"TRUNCATE shortener_facetdelta_{side}")
        return True


def _may_fold() -> bool:
    """Whether nobody else folds until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _writing_side() -> int:
    return FacetFold.objects.filter(pk=1).values_list("side", flat=True).first() or 0


def _append(days: Iterable[tuple[date, list[LinkFacets]]], profiles: Profiles) -> None:
    side = _writing_side()
    for day, facets in days:
        clicklog.copy(COPY, _rows(side, facets, _ends(day, profiles)))


def _rows(side: int, facets: list[LinkFacets], ends: list[bytes]) -> Iterator[bytes]:
    """The rows of some links at a time; their ends are shared by all links that have the same value."""
    for start in range(0, len(facets), LINKS_AT_A_TIME):
        yield b"".join(
            _begin_row(7, 2, side, 8, link, 8, number) + ends[value]
            for link, counts in facets[start : start + LINKS_AT_A_TIME]
            for value, number in counts.items()
        )


def _ends(day: date, profiles: Profiles) -> list[bytes]:
    when = field(pack(">i", (day - _POSTGRES_EPOCH).days))
    return [
        when + field(dimension.encode()) + field(value.encode()) + field(bytes((is_bot,)))
        for dimension, value, is_bot in profiles.values
    ]


def _fold(source: str, parameters: list[Any]) -> None:
    for table, wider in ((LINKS, source), (SCOPES, OWNED.format(source=source))):
        with connection.cursor() as cursor:
            cursor.execute(table.statement(FOLD, wider), [*parameters, table.most])
            for crowded in cursor.fetchall():
                cursor.execute(table.statement(TRIM), [OTHER, *crowded, table.most, OTHER])
