"""The click log, and the runs that wait to become a part of it: both move by binary COPY, untouched by the driver."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from struct import Struct
from typing import NamedTuple

from django.db import connection

from shortener.domain.logrows import COLUMNS, HEADER, TRAILER
from shortener.models import Segment

LOG = "shortener_click"
RUNS = 2_000
BATCH_BYTES = 80_000_000
PIECE_BYTES = 4_000_000

TAKE = """
WITH oldest AS (
    SELECT id, edge, number, "offset", octet_length(body) AS size, received_at FROM shortener_segment
    ORDER BY id LIMIT %s
), placed AS (SELECT *, sum(size) OVER (ORDER BY id) - size AS before FROM oldest)
SELECT id, edge, number, "offset", size, received_at FROM placed WHERE before < %s ORDER BY edge, number, "offset"
"""
BODIES = "COPY (SELECT id, body FROM shortener_segment WHERE id IN ({})) TO STDOUT (FORMAT binary)"
APPEND = f"COPY {LOG} ({COLUMNS}) FROM STDIN (FORMAT binary)"
_row = Struct(">hiqi")


class Run(NamedTuple):
    """One row of `shortener_segment` without its body: `size` bytes of a segment from `offset` on."""

    pk: int
    edge: str
    number: int
    offset: int
    size: int
    received_at: datetime

    @property
    def segment(self) -> tuple[str, int]:
        return self.edge, self.number

    @property
    def end(self) -> int:
        """Where the next run of the segment begins."""
        return self.offset + self.size


def waiting_runs() -> list[Run]:
    """The oldest runs, as many as make a batch, in the order of edges and segments."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [RUNS, BATCH_BYTES])
        return [Run(*row) for row in cursor.fetchall()]


def pieces(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The runs in lists of some megabytes, which is what is held in memory at a time."""
    piece: list[Run] = []
    size = 0
    for run in runs:
        piece.append(run)
        size += run.size
        if size >= PIECE_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def bodies(runs: Sequence[Run]) -> dict[int, bytes]:
    """The bodies of the runs by their keys."""
    taken = io.BytesIO()
    keys = ", ".join(str(run.pk) for run in runs)
    with connection.cursor() as cursor:
        cursor.copy_expert(BODIES.format(keys), taken)
    data = taken.getbuffer()
    found = {}
    position = len(HEADER)
    for _ in runs:
        _, _, pk, size = _row.unpack_from(data, position)
        position += _row.size + size
        found[pk] = bytes(data[position - size : position])
    return found


def append(rows: Iterable[bytes]) -> None:
    """Adds rows to the log while they are being made."""
    copy(APPEND, rows)


def copy(statement: str, rows: Iterable[bytes]) -> None:
    """Runs a binary COPY over rows that are made meanwhile: PostgreSQL stores the former while the next are made."""
    with connection.cursor() as cursor:
        cursor.copy_expert(statement, _Stream(chain([HEADER], filter(None, rows), [TRAILER])))


def remove(runs: Iterable[Run]) -> None:
    """Deletes runs that are counted."""
    Segment.objects.filter(pk__in=[run.pk for run in runs]).delete()


class _Stream:
    """Pieces of bytes as the file that the driver reads."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts

    def read(self, _size: int) -> bytes:
        return next(self._parts, b"")
