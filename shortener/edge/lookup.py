"""Asks PostgreSQL what this edge does not know: a link that is not in the replica (yet), or the people of a counter.

At most one question per key is in flight, all waiting keys go into one query, their rate is bounded, and with
PostgreSQL away the answer is "not known" at once.
"""

import asyncio
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 (psycopg2 spells the class in lower case)

from shortener.domain.redirect import LinkFacts
from shortener.domain.replica import from_payload
from shortener.edge.database import connect

TIMEOUT = 0.5
PER_SECOND = 200
BURST = 200
MOST_PENDING = 500
REST_AFTER_FAILURE = 1.0

_QUERY = "SELECT domain, slug, link_id, payload FROM shortener_edge_link WHERE (domain, slug) IN %s"
_PEOPLE = "SELECT link_id, people FROM shortener_linktotal WHERE link_id IN %s"

Address = tuple[str, str]
Key = TypeVar("Key")
Value = TypeVar("Value")

log = logging.getLogger(__name__)


class Questions(threading.Thread, Generic[Key, Value]):
    """`ask` is called on the loop, and so are the callbacks given to it."""

    def __init__(
        self,
        read: Callable[[Connection, set[Key]], dict[Key, Value]],
        *,
        name: str,
        database_url: str,
        loop: asyncio.AbstractEventLoop,
        is_available: Callable[[], bool],
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._read = read
        self.asked = 0
        self.refused = 0
        self.timed_out = 0
        self._url = database_url
        self._loop = loop
        self._is_available = is_available
        self._waiting: dict[Key, list[Callable[[Value | None], None]]] = {}
        self._keys: queue.SimpleQueue[Key | None] = queue.SimpleQueue()
        self._tokens = float(BURST)
        self._filled_at = time.monotonic()
        self._rests_until = 0.0
        self._connection: Connection | None = None

    # On the loop.

    def ask(self, key: Key, found: Callable[[Value | None], None]) -> bool:
        """Call `found` within TIMEOUT; False (and no call) if PostgreSQL may not or cannot be asked now."""
        waiting = self._waiting.get(key)
        if waiting is not None:
            waiting.append(found)
            return True
        if not self._may_ask():
            self.refused += 1
            return False
        self.asked += 1
        self._waiting[key] = [found]
        self._keys.put(key)
        self._loop.call_later(TIMEOUT, self._give_up, key, self._waiting[key])
        return True

    def _may_ask(self) -> bool:
        now = time.monotonic()
        if not self._is_available() or now < self._rests_until or len(self._waiting) >= MOST_PENDING:
            return False
        self._tokens = min(float(BURST), self._tokens + (now - self._filled_at) * PER_SECOND)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def _give_up(self, key: Key, waiting: list[Callable[[Value | None], None]]) -> None:
        if self._waiting.get(key) is waiting:
            self.timed_out += 1
            self._rests_until = time.monotonic() + REST_AFTER_FAILURE
            self._deliver({key: None})

    def _deliver(self, answers: dict[Key, Value | None]) -> None:
        for key, facts in answers.items():
            for found in self._waiting.pop(key, ()):
                found(facts)

    # On the thread.

    def run(self) -> None:
        """Answer questions until `stop`."""
        while (first := self._keys.get()) is not None:
            keys = {first}
            while not self._keys.empty():
                key = self._keys.get()
                if key is None:
                    return
                keys.add(key)
            answers = self._answers(keys)
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self._loop.call_soon_threadsafe(self._deliver, answers)

    def stop(self) -> None:
        """End the thread."""
        self._keys.put(None)

    def _answers(self, keys: set[Key]) -> dict[Key, Value | None]:
        try:
            return dict.fromkeys(keys) | self._query(keys)
        except psycopg2.Error as error:
            log.warning("look-up failed", extra={"trouble": str(error).strip().partition("\n")[0]})
            self._rests_until = time.monotonic() + REST_AFTER_FAILURE
            return dict.fromkeys(keys)

    def _query(self, keys: set[Key]) -> dict[Key, Value]:
        """Ask on the open connection, and once more on a new one if that was lost since."""
        if self._connection is not None:
            try:
                return self._read(self._connection, keys)
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                self._connection.close()
                self._connection = None
        self._connection = connect(self._url, application=f"edge {self.name}", statement_ms=int(TIMEOUT * 1000))
        return self._read(self._connection, keys)


def links_at(connection: Connection, addresses: set[Address]) -> dict[Address, LinkFacts]:
    """The links at these addresses (domain, slug)."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, (tuple(addresses),))
        return {
            (domain, slug): from_payload({"id": link_id, **payload})
            for domain, slug, link_id, payload in cursor.fetchall()
        }


def people_of(connection: Connection, link_ids: set[int]) -> dict[int, int]:
    """How many people each of these links was visited by, as far as they are counted."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, (tuple(link_ids),))
        return dict.fromkeys(link_ids, 0) | dict(cursor.fetchall())
