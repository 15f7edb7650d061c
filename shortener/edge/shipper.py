"""Segments on their way to PostgreSQL: runs of whole records, at most once per (edge, number, offset), oldest first."""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from struct import pack
from typing import Any

import psycopg2
from psycopg2.errors import UniqueViolation

from shortener.edge.database import Backoff, connect
from shortener.edge.recorder import Recorder
from shortener.edge.segment import Segment

INTERVAL = 0.5
"""Seconds after which the records of the segment that is being written are shipped too."""

PIECE = 128 * 1024
"""Bytes that are handed over at a time: short enough that the loop never waits for it."""

_COPY = 'COPY shortener_segment (edge, number, "offset", body) FROM STDIN (FORMAT binary)'
_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)

log = logging.getLogger(__name__)


class Shipper(threading.Thread):
    """Ships what the recorder wrote. A file is deleted only after the commit of its last run."""

    def __init__(self, *, database_url: str, edge: str, recorder: Recorder) -> None:
        super().__init__(name="shipper", daemon=True)
        self.runs = 0
        self.bytes = 0
        self.failures = 0
        self.trouble = "not connected yet"
        self._url = database_url
        self._edge = edge
        self._recorder = recorder
        self._connection: psycopg2.extensions.connection | None = None
        self._backoff = Backoff()
        self._stopping = threading.Event()

    def run(self) -> None:
        """Ship every INTERVAL and as soon as a segment is full, until stopped."""
        while not self._stopping.is_set():
            self._recorder.sealed.wait(INTERVAL)
            self._recorder.sealed.clear()
            self._attempt()

    def finish(self, seconds: float) -> bool:
        """Stop; then ship what is left within `seconds`. False if something has to wait for the next start."""
        self._stopping.set()
        self._recorder.sealed.set()
        self.join(seconds)
        deadline = time.monotonic() + seconds
        while self._recorder.backlog()[0] and time.monotonic() < deadline and not self.is_alive():
            if not self._attempt():
                break
        return not self._recorder.backlog()[0]

    def _attempt(self) -> bool:
        try:
            self._ship_all()
        except psycopg2.Error as error:
            self.failures += 1
            self.trouble = str(error).strip().partition("\n")[0] or type(error).__name__
            log.warning("shipping failed", extra={"trouble": self.trouble})
            self._disconnect()
            self._stopping.wait(self._backoff.next())
            return False
        return True

    def _ship_all(self) -> None:
        for segment in self._recorder.waiting():
            if segment.planned > segment.shipped:
                self._ship_run(segment, segment.planned)
            is_full = segment in self._recorder.full
            end = segment.position
            if end > segment.shipped:
                self._ship_run(segment, end)
            if is_full and segment.shipped >= segment.position:
                self._recorder.done(segment)

    def _ship_run(self, segment: Segment, end: int) -> None:
        if self._connection is None:
            self._connection = connect(self._url, application="edge shipper")
            self.trouble = ""
        offset = segment.shipped
        body = segment.plan(end)
        with self._connection.cursor() as cursor, contextlib.suppress(UniqueViolation):  # an earlier attempt got there
            row: Any = Row(self._edge, segment.number, offset, body)  # psycopg2 wants `read` only, its types more
            cursor.copy_expert(_COPY, row, PIECE)
        segment.ship()
        self._backoff.reset()
        self.runs += 1
        self.bytes += len(body)

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Row:
    """A run as one row of a binary COPY: a fifth of the work that an INSERT makes of so many bytes."""

    def __init__(self, edge: str, number: int, offset: int, body: bytes) -> None:
        name = edge.encode()
        head = _SIGNATURE + pack("!hi", 4, len(name)) + name + pack("!iqiii", 8, number, 4, offset, len(body))
        self._pieces = self._cut(head, body)

    def _cut(self, head: bytes, body: bytes) -> Iterator[bytes]:
        yield head
        for start in range(0, len(body), PIECE):
            yield body[start : start + PIECE]
        yield pack("!h", -1)

    def read(self, _: int = 0, /) -> bytes:
        """The next piece, b"" at the end."""
        return next(self._pieces, b"")
