"""Different visitors of a day: counted from the marks in the log, which say nothing of who somebody was.

A day is counted again after clicks of it came in, the more seldom the longer it takes: a small site sees its visitors
within seconds, and a large one spends a fiftieth of its time on them. The count replaces, so a repeat changes nothing;
it never falls, for the log of a day may be gone when late clicks of it arrive.
"""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from portal.lib import partitions
from shortener.models import VisitorCount
from shortener.services import rollups
from shortener.services.clicklog import LOG

LEAST_REST = timedelta(seconds=3)
REST = 50
"""A day rests for this many times as long as its count took."""

LEASE = timedelta(minutes=15)

CHANGED = """
INSERT INTO shortener_visitorcount AS old (day, changes, counted, due_at)
SELECT day, 1, 0, %s FROM unnest(%s::date[]) AS given (day)
ON CONFLICT (day) DO UPDATE SET changes = old.changes + 1
"""
COUNT = """
DROP TABLE IF EXISTS counted_visitors;
CREATE TEMPORARY TABLE counted_visitors ON COMMIT DROP AS
SELECT link_id, count(*) AS number FROM (
    SELECT DISTINCT link_id, visitor FROM shortener_click WHERE at >= %s AND at < %s AND NOT is_bot AND visitor <> ''
) marks GROUP BY link_id
"""
STORE = """
WITH grown AS (
    SELECT link_id, counted.number - day.visitors AS more FROM counted_visitors counted
    JOIN shortener_clickday day USING (link_id) WHERE day.day = %s AND counted.number > day.visitors
), links AS (
    UPDATE shortener_clickday day SET visitors = day.visitors + grown.more
    FROM grown WHERE day.link_id = grown.link_id AND day.day = %s
), sums AS (
    SELECT owner.scope, owner.scope_id, sum(more) AS more FROM grown JOIN shortener_link link ON link.id = grown.link_id
    CROSS JOIN LATERAL (VALUES ('team', link.team_id), ('domain', link.domain_id)) AS owner (scope, scope_id)
    GROUP BY 1, 2
)
INSERT INTO shortener_scopeday AS old (scope, scope_id, day, people, bots, visitors)
SELECT scope, scope_id, %s, 0, 0, more FROM sums
ON CONFLICT (scope, scope_id, day) DO UPDATE SET visitors = old.visitors + excluded.visitors
"""


def note_changes(days: Iterable[date], now: datetime) -> None:
    """Notes, in the transaction of the drain, that these days have new clicks."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [now, sorted(days)])


def count_due(*, now: datetime) -> list[date]:
    """Counts the visitors of every day that has new clicks and rested long enough; returns the days.

    A day is leased before and settled after it is counted: one that changed meanwhile stays due, and one whose count
    was cut short comes again when the lease is over.
    """
    counted = []
    for row in VisitorCount.objects.filter(changes__gt=F("counted"), due_at__lte=now).order_by("day"):
        leased = VisitorCount.objects.filter(day=row.day, due_at=row.due_at).update(due_at=now + LEASE)
        if leased:
            started = time.monotonic()
            count_day(row.day)
            rest = max(LEAST_REST, timedelta(seconds=REST * (time.monotonic() - started)))
            VisitorCount.objects.filter(day=row.day).update(counted=row.changes, due_at=now + rest)
            counted.append(row.day)
    return counted


def count_day(day: date) -> None:
    """Counts the visitors of each link on a day from the log, and adds what is new to its team and domain."""
    if partitions.name_of(LOG, day) not in partitions.partitions(LOG):
        return
    start = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(COUNT, [start, start + timedelta(days=1)])
        rollups.become_only_writer()
        cursor.execute(STORE, [day, day, day])
