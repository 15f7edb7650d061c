"""Keeps the replica equal to PostgreSQL: a rebuild where there is none, then every change after the cursor.

PostgreSQL may be away for ever: the replica goes on serving, and the follower tries again with back-off.
"""

import contextlib
import logging
import os
import select
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import lmdb
import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 (psycopg2 spells the class in lower case)

from shortener.domain.replica import DomainFacts
from shortener.edge.database import Backoff, connect
from shortener.edge.generations import Generations
from shortener.edge.store import LinkRow, Replica, domain_rows

POLL_SECONDS = 0.25
BATCH = 5000
CHANNEL = "shortener_link_changes"

_CURSOR_NOW = "SELECT coalesce(max(seq), 0), coalesce(min(seq), 0) FROM shortener_linkchange"
_ORIGIN = (
    "SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || oid "
    "FROM pg_database WHERE datname = current_database()"
)
_CHANGES = (
    "SELECT seq, link_id, extract(epoch FROM changed_at)::float FROM shortener_linkchange WHERE seq > %s "
    "ORDER BY seq LIMIT %s"
)
_LINKS = "SELECT link_id, domain, slug, payload FROM shortener_edge_link"
_DOMAINS = "SELECT domain, payload FROM shortener_edge_domain"

log = logging.getLogger(__name__)


class Listener:
    """What the follower calls back, from its own thread."""

    def __init__(
        self,
        *,
        swap: Callable[[Replica], None],
        changed: Callable[[Iterable[bytes], list[DomainFacts] | None], None],
        doubt: Callable[[], None],
        lose: Callable[[], None],
    ) -> None:
        self.swap = swap
        self.changed = changed
        self.doubt = doubt
        self.lose = lose


class Follower(threading.Thread):
    """The thread that writes the replica."""

    def __init__(self, *, database_url: str, generations: Generations, listener: Listener) -> None:
        super().__init__(name="follower", daemon=True)
        self.cursor = 0
        self.changes = 0
        """Changes that the replica has and the loop was told of."""
        self.rebuilds = 0
        self.is_rebuilding = False
        self.seen_at = 0.0
        """When PostgreSQL was last asked for changes, with success (epoch seconds)."""
        self.lag = 0.0
        """Seconds from the last change's write to its being in the replica."""
        self.is_connected = False
        self.trouble = "not connected yet"
        self.replica: Replica | None = None
        self._url = database_url
        self._generations = generations
        self._listener = listener
        self._domains: list[dict[str, Any]] = []
        self._backoff = Backoff()
        self._stop_read, self._stop_write = os.pipe()
        self._stopping = False
        self._is_distrusted = False

    def load(self) -> None:
        """Serve the replica of the last run, if there is a whole one. Call before `start`."""
        replica = self._generations.open_current()
        self._generations.remove_others(replica.path if replica else None)
        if replica is not None:
            self._take(replica)

    def stop(self) -> None:
        """End the thread; the replica stays on disk."""
        self._stopping = True
        os.write(self._stop_write, b"x")
        self.join(5)

    def distrust(self) -> None:
        """The loop could not read the replica: build a new one as soon as possible. Called on the loop."""
        self._is_distrusted = True

    def run(self) -> None:
        """Follow until stopped."""
        while not self._stopping:
            try:
                with contextlib.closing(connect(self._url, application="edge follower")) as connection:
                    self._follow(connection)
            except (psycopg2.Error, lmdb.Error, OSError) as error:
                self._lost(error)
                self._pause(self._backoff.next())

    def _lost(self, error: Exception) -> None:
        trouble = str(error).strip().partition("\n")[0] or type(error).__name__
        if self.is_connected or trouble != self.trouble:
            log.warning("PostgreSQL is not followed", extra={"trouble": trouble})
        self.is_connected = False
        self.trouble = trouble
        if isinstance(error, lmdb.CorruptedError | lmdb.PageNotFoundError | lmdb.PanicError | lmdb.BadTxnError):
            self._domains = []
            self.replica = None  # what serves goes on; the next connection builds a new generation

    def _follow(self, connection: Connection) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        replica = self.replica
        if replica is None or not self._is_continuation(connection, replica):
            replica = self._rebuild(connection)
        self.is_connected, self.trouble = True, ""
        self._backoff.reset()
        log.info("following", extra={"cursor": self.cursor})
        while not self._stopping:
            if self._is_distrusted or self._is_damaged(replica):
                self._is_distrusted = False
                replica = self._rebuild(connection)
            while self._catch_up(connection, replica) == BATCH:
                pass
            self._wait(connection)

    def _is_damaged(self, replica: Replica) -> bool:
        """Whether somebody laid hands on the file; if what is left cannot be read, nobody reads it from now on."""
        if replica.is_cut_short():
            log.error("the replica was cut short", extra={"file": replica.path.name})
            self._listener.lose()
            return True
        return replica.is_gone()

    def _wait(self, connection: Connection) -> None:
        """Until the next poll is due, or a notification or `stop` wakes us."""
        if not connection.notifies:  # one that came during a query would not make the socket readable
            ready, _, _ = select.select([connection.fileno(), self._stop_read], [], [], POLL_SECONDS)
            if connection.fileno() in ready:
                connection.poll()
        if connection.notifies:
            connection.notifies.clear()
            self._listener.doubt()

    def _pause(self, seconds: float) -> None:
        select.select([self._stop_read], [], [], seconds)

    def _is_continuation(self, connection: Connection, replica: Replica) -> bool:
        """Whether the change log still goes on where this replica stands: same database, no gap, not set back."""
        with connection.cursor() as cursor:
            cursor.execute(_ORIGIN)
            origin = _only(cursor)[0]
            cursor.execute(_CURSOR_NOW)
            last, first = _only(cursor)
        return bool(replica.meta().get("origin") == origin) and (last == 0 or first - 1 <= self.cursor <= last)

    def _catch_up(self, connection: Connection, replica: Replica) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGES, (self.cursor, BATCH))
            changes = cursor.fetchall()
            cursor.execute(_DOMAINS)
            domains = domain_rows(cursor.fetchall())
            if changes:
                cursor.execute(f"{_LINKS} WHERE link_id = ANY(%s)", ([change[1] for change in changes],))
            rows = [LinkRow(*row) for row in cursor.fetchall()] if changes else []
        self.seen_at = time.time()
        if changes or domains != self._domains:
            self._apply(replica, changes, rows, domains)
        return len(changes)

    def _apply(self, replica: Replica, changes: list[Any], rows: list[LinkRow], domains: list[dict[str, Any]]) -> None:
        cursor = changes[-1][0] if changes else self.cursor
        link_ids = {change[1] for change in changes if change[1] is not None}
        touched = replica.apply(link_ids, rows, cursor=cursor, domains=domains)
        has_new_domains = domains != self._domains
        self.cursor, self._domains = cursor, domains
        if changes:
            self.lag = max(0.0, time.time() - changes[-1][2])
        self._listener.changed(touched, replica.domains() if has_new_domains else None)
        self.changes += len(changes)

    def _rebuild(self, connection: Connection) -> Replica:
        """Copy everything into a new generation, in one snapshot, and serve from it once it is whole."""
        started = time.monotonic()
        log.info("rebuilding the replica")
        replica = self._generations.new()
        self.is_rebuilding = True
        try:
            self._copy(connection, replica)
            self._generations.use(replica)
        except BaseException:
            replica.close()
            self._generations.remove_others(self.replica.path if self.replica else None)
            raise
        finally:
            self.is_rebuilding = False
        self.rebuilds += 1
        self._take(replica)
        self._generations.remove_others(replica.path)
        log.info("replica rebuilt", extra={"entries": replica.size()[0], "seconds": time.monotonic() - started})
        return replica

    def _copy(self, connection: Connection, replica: Replica) -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(_ORIGIN)
            origin = _only(cursor)[0]
            cursor.execute(_CURSOR_NOW)
            last = _only(cursor)[0]
            cursor.execute(_DOMAINS)
            domains = domain_rows(cursor.fetchall())
            cursor.execute(f"DECLARE all_links CURSOR FOR {_LINKS}")
            while True:
                cursor.execute(f"FETCH {BATCH} FROM all_links")
                rows = [LinkRow(*row) for row in cursor.fetchall()]
                if not rows:
                    break
                replica.apply([], rows)
            cursor.execute("COMMIT")
        replica.set_meta(cursor=last, domains=domains, origin=origin)

    def _take(self, replica: Replica) -> None:
        meta = replica.meta()
        self.cursor, self._domains = meta["cursor"], meta["domains"]
        self.replica = replica
        self._listener.swap(replica)


def _only(cursor: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] = cursor.fetchone()
    return row
