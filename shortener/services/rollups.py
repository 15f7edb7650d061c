"""Writing a tally: the roll-ups by one upsert each, all in the caller's transaction, by one writer at a time.

Whole columns travel as one text each (`{1,2,3}`), which costs a tenth of a list of parameters.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection

from shortener.domain.reading import Scope
from shortener.domain.tallies import DAY_US, HOUR_US, Pairs, Tally, coarser, microseconds
from shortener.models import OrphanDay

LOCK = 7013
"""Whoever writes roll-ups holds this lock of PostgreSQL until its transaction ends."""

MINUTES_KEPT = timedelta(hours=6)
ORPHANS_PER_DAY = 5_000

MINUTES = """
INSERT INTO shortener_clickminute AS old (link_id, minute, people, bots)
SELECT link_id, timestamptz 'epoch' + at * interval '1 microsecond', people, bots
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS given (link_id, at, people, bots)
ON CONFLICT (link_id, minute) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
HOURS = """
INSERT INTO shortener_clickhour AS old (link_id, hour, people, bots)
SELECT link_id, timestamptz 'epoch' + at * interval '1 microsecond', people, bots
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS given (link_id, at, people, bots)
ON CONFLICT (link_id, hour) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
DAYS = """
INSERT INTO shortener_clickday AS old (link_id, day, people, bots)
SELECT link_id, date '1970-01-01' + (at / 86400000000)::integer, people, bots
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS given (link_id, at, people, bots)
ON CONFLICT (link_id, day) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
MONTHS = """
INSERT INTO shortener_clickmonth AS old (link_id, month, people, bots)
SELECT link_id, date_trunc('month', date '1970-01-01' + (at / 86400000000)::integer)::date, sum(people), sum(bots)
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS given (link_id, at, people, bots)
GROUP BY 1, 2 ORDER BY 1, 2
ON CONFLICT (link_id, month) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
TOTALS = """
INSERT INTO shortener_linktotal AS old (link_id, last_click_at, people, bots)
SELECT link_id, max(timestamptz 'epoch' + at * interval '1 microsecond'), sum(people), sum(bots)
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS given (link_id, at, people, bots)
GROUP BY 1 ORDER BY 1
ON CONFLICT (link_id) DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots,
    last_click_at = greatest(old.last_click_at, excluded.last_click_at)
"""
SCOPE_HOURS = """
INSERT INTO shortener_scopehour AS old (scope, scope_id, hour, people, bots)
SELECT scope, scope_id, timestamptz 'epoch' + at * interval '1 microsecond', people, bots
FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
    AS given (scope, scope_id, at, people, bots)
ON CONFLICT (scope, scope_id, hour)
DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
SCOPE_DAYS = """
INSERT INTO shortener_scopeday AS old (scope, scope_id, day, people, bots)
SELECT scope, scope_id, date '1970-01-01' + (at / 86400000000)::integer, people, bots
FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
    AS given (scope, scope_id, at, people, bots)
ON CONFLICT (scope, scope_id, day)
DO UPDATE SET people = old.people + excluded.people, bots = old.bots + excluded.bots
"""
OUTCOMES = """
INSERT INTO shortener_minuteoutcome AS old (minute, good, total)
SELECT timestamptz 'epoch' + at * interval '1 microsecond', good, total
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given (at, good, total)
ON CONFLICT (minute) DO UPDATE SET good = old.good + excluded.good, total = old.total + excluded.total
"""
ORPHANS = """
INSERT INTO shortener_orphanday AS old (day, host, slug, kind, visits)
SELECT date '1970-01-01' + (at / 86400000000)::integer, host, slug, max(kind), sum(visits)
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[]) AS given (at, host, slug, kind, visits)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (day, host, slug) DO UPDATE SET visits = old.visits + excluded.visits
"""


def become_only_writer() -> None:
    """Waits until no other transaction writes roll-ups, and keeps all others out until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def write(tally: Tally, scopes: Mapping[int, Scope], *, now: datetime) -> None:
    """Adds the clicks, outcomes and orphans of a batch; `scopes` knows every link of it. Facets go another way."""
    minutes = tally.by_minute()
    hours = coarser(minutes, HOUR_US)
    days = coarser(hours, DAY_US)
    recent = microseconds(now - MINUTES_KEPT)
    upsert(MINUTES, [(link, at, *pair) for (link, at), pair in minutes.items() if at >= recent])
    upsert(HOURS, [(link, at, *pair) for (link, at), pair in hours.items()])
    _write_days(days)
    upsert(TOTALS, [(link, tally.last_at_us[link], *pair) for (link, _), pair in days.items()])
    upsert(SCOPE_HOURS, _by_scope(hours, scopes))
    upsert(SCOPE_DAYS, _by_scope(days, scopes))
    upsert(OUTCOMES, [(minute, good, total) for minute, (good, total) in tally.outcomes().items()])


def add_days(changes: Mapping[tuple[int, date], tuple[int, int]], scopes: Mapping[int, Scope]) -> None:
    """Adds (people, bots) of whole days to the days, months and totals of links, and to their team and domain."""
    days: Pairs = {
        (link, microseconds(datetime.combine(day, time(), UTC))): list(pair) for (link, day), pair in changes.items()
    }
    _write_days(days)
    upsert(TOTALS, [(link, at, *pair) for (link, at), pair in days.items()])
    upsert(SCOPE_DAYS, _by_scope(days, scopes))


def write_orphans(tally: Tally, hosts: frozenset[str]) -> None:
    """Adds the visits of no link; `hosts` are the domains. Beyond ORPHANS_PER_DAY addresses a day has no new ones."""
    if tally.orphans:
        known = _known_orphans({day for day, _, _ in tally.orphans})
        rows = [
            (day, *(address if address in known or room > 0 else ("", "")), _kind(*address, hosts), visits)
            for (day, *rest), visits in tally.orphans.items()
            for address, room in [((rest[0], rest[1]), ORPHANS_PER_DAY - len(known))]
        ]
        upsert(ORPHANS, rows)


def _known_orphans(days: Iterable[int]) -> set[tuple[str, str]]:
    starts = [datetime.fromtimestamp(day / 1_000_000, UTC).date() for day in days]
    rows = OrphanDay.objects.filter(day__in=starts).values_list("host", "slug")
    return set(rows)


def _kind(host: str, slug: str, hosts: frozenset[str]) -> str:
    if host and host not in hosts:
        return "host"
    return "slug" if slug or not host else "root"


def _write_days(days: Pairs) -> None:
    rows = [(link, at, *pair) for (link, at), pair in days.items()]
    upsert(DAYS, rows)
    upsert(MONTHS, rows)


def _by_scope(pairs: Pairs, scopes: Mapping[int, Scope]) -> list[tuple[Any, ...]]:
    sums: dict[tuple[str, int, int], list[int]] = {}
    for (link, at), (people, bots) in pairs.items():
        scope = scopes[link]
        for key in (("team", scope.team_id, at), ("domain", scope.domain_id, at)):
            pair = sums.setdefault(key, [0, 0])
            pair[0] += people
            pair[1] += bots
    return [(*key, *pair) for key, pair in sums.items() if key[1]]


def upsert(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Runs `statement` over the columns of `rows`, sorted by them."""
    ordered = sorted(rows)
    if ordered:
        with connection.cursor() as cursor:
            cursor.execute(statement, [array(column) for column in zip(*ordered, strict=True)])


def array(column: tuple[Any, ...]) -> Any:
    """A column as a parameter: numbers as the text of an array, texts as a list."""
    return f"{{{','.join(map(str, column))}}}" if isinstance(column[0], int) else list(column)
