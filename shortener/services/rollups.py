"""Writing a tally: the log by COPY, the roll-ups by one upsert each, all in the caller's transaction."""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection

from portal.lib import partitions
from shortener.domain.tallies import LogRow, Tally, instant

LOCK = 7013
"""Whoever writes roll-ups holds this lock of PostgreSQL until its transaction ends."""

LOG = "shortener_click"
LOG_COLUMNS = "at, link_id, status, is_bot, visitor, network, country, device, os, browser, language, referrer"

HOURS = """
INSERT INTO shortener_clickhour AS old (link_id, hour, people, bots)
SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::bigint[])
ON CONFLICT (link_id, hour) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
DAYS = """
INSERT INTO shortener_clickday AS old (link_id, day, people, bots)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::bigint[])
ON CONFLICT (link_id, day) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
FACETS = """
INSERT INTO shortener_clickfacet AS old (link_id, day, dimension, value, people, bots)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])
ON CONFLICT (link_id, day, dimension, value)
DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
MONTHS = """
INSERT INTO shortener_clickmonth AS old (link_id, month, people, bots)
SELECT link_id, date_trunc('month', day)::date, sum(people), sum(bots)
FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::bigint[]) AS given (link_id, day, people, bots)
GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (link_id, month) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
SCOPE_DAYS = """
INSERT INTO shortener_scopeday AS old (scope, scope_id, day, people, bots)
SELECT scope, scope_id, day, sum(people), sum(bots)
FROM unnest(%s::text[], %s::bigint[], %s::date[], %s::bigint[], %s::bigint[])
    AS given (scope, scope_id, day, people, bots)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (scope, scope_id, day)
DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
TOTALS = """
INSERT INTO shortener_linktotal AS old (link_id, last_click_at, people, bots)
SELECT link_id, max(last_at), sum(people), sum(bots)
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::bigint[]) AS given (link_id, last_at, people, bots)
GROUP BY 1 ORDER BY 1
ON CONFLICT (link_id) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots,
    last_click_at = greatest(old.last_click_at, excluded.last_click_at)
"""
OUTCOMES = """
INSERT INTO shortener_minuteoutcome AS old (minute, good, total)
SELECT * FROM unnest(%s::timestamptz[], %s::bigint[], %s::bigint[])
ON CONFLICT (minute) DO UPDATE SET good = old.good + excluded.good, total = old.total + excluded.total
"""
ORPHANS = """
INSERT INTO shortener_orphanday AS old (day, host, slug, visits)
SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::bigint[])
ON CONFLICT (day, host, slug) DO UPDATE SET visits = old.visits + excluded.visits
"""


def become_only_writer() -> None:
    """Waits until no other transaction writes roll-ups, and keeps all others out until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def add_days(changes: Mapping[tuple[int, date], tuple[int, int]], scopes: Mapping[int, tuple[int, int]]) -> None:
    """Adds (people, bots) of whole days to the days, months and totals of links, and to their (team, domain)."""
    rows = [(link, day, *pair) for (link, day), pair in changes.items()]
    _upsert(DAYS, rows)
    _upsert(MONTHS, rows)
    wider = [
        (scope, scope_id, day, *pair)
        for (link, day), pair in changes.items()
        for scope, scope_id in zip(("team", "domain"), scopes[link], strict=True)
    ]
    _upsert(SCOPE_DAYS, wider)
    _upsert(TOTALS, [(link, datetime.combine(day, time(), UTC), *pair) for link, day, *pair in rows])


def write(tally: Tally) -> None:
    """Adds everything of `tally`; the partitions that its clicks need are made where they are missing."""
    write_log(tally)
    _upsert(HOURS, [(link, instant(hour), *pair) for (link, hour), pair in tally.by_hour().items()])
    _upsert(DAYS, [(link, instant(day).date(), *pair) for (link, day), pair in tally.by_day().items()])
    _upsert(
        FACETS,
        [
            (link, instant(day).date(), name, value, *pair)
            for (link, day, name, value), pair in tally.by_facet().items()
        ],
    )
    _upsert(TOTALS, [(link, instant(tally.last_at_us[link]), *pair) for link, pair in tally.by_link().items()])
    _upsert(OUTCOMES, [(instant(minute), tally.goods[minute], total) for minute, total in tally.totals.items()])
    _upsert(ORPHANS, [(instant(day).date(), host, slug, n) for (day, host, slug), n in tally.orphans.items()])


def write_log(tally: Tally) -> None:
    """Copies the clicks into the log."""
    if not tally.log:
        return
    for day in tally.days():
        partitions.ensure(LOG, day, day)
    lines = io.StringIO("".join(_line(row) for row in tally.log))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {LOG} ({LOG_COLUMNS}) FROM STDIN", lines)


def _line(row: LogRow) -> str:
    """One row in COPY's text format; every text was made printable, so only backslashes are left to escape."""
    visit = row.visit
    texts = (visit.network, visit.country, visit.device, visit.os, visit.browser, visit.language, visit.referrer)
    columns = (instant(row.at_us).isoformat(), str(row.link_id), str(row.status), "t" if visit.is_bot else "f")
    return "\t".join((*columns, f"\\\\x{visit.visitor.hex()}", *(text.replace("\\", "\\\\") for text in texts))) + "\n"


def _upsert(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Runs `statement` over the columns of `rows`, in one order everywhere so that two writers never wait in a ring."""
    ordered = sorted(rows)
    if ordered:
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in zip(*ordered, strict=True)])
