"""Telling the edges: one row per changed link, in the order of commits."""

from collections.abc import Iterable

from django.db import connection

LOCK = 7001
CHANNEL = "shortener_link_changes"


def publish(link_ids: Iterable[int]) -> None:
    """Adds a change row for each link to the caller's transaction, and wakes the edges when it commits.

    The lock is held until the commit, so that `seq` rises in the order of commits and a reader with a cursor misses
    nothing; call it as the last thing in the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("INSERT INTO shortener_linkchange (link_id) SELECT unnest(%s::bigint[])", [list(link_ids)])
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
