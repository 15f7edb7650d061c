"""How a file is kept from upload to end: read once, as packed rows, so that a resumed import finds its place fast."""

import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice

from shortener.domain.importing.records import Record, Table

LEVEL = 1
BLOCK = 16_384


def packed(table: Table) -> tuple[bytes, int]:
    """The rows of a table as compressed JSON lines, and how many they are."""
    packer = zlib.compressobj(LEVEL)
    parts: list[bytes] = []
    count = 0
    for record in table.records():
        cells = [record.cells.get(column) for column in table.columns]
        parts.append(packer.compress(json.dumps([record.line, cells, record.problem]).encode() + b"\n"))
        count += 1
    return b"".join([*parts, packer.flush()]), count


def unpacked(body: bytes, columns: Sequence[str], *, start: int = 0) -> Iterator[Record]:
    """The rows of a packed body from the `start`-th on; only what is asked for is unpacked."""
    for line in islice(_lines(body), start, None):
        number, cells, problem = json.loads(line)
        given = zip(columns, cells, strict=True)
        yield Record(number, {name: cell for name, cell in given if cell is not None}, problem)


def _lines(body: bytes) -> Iterator[bytes]:
    unpacker, rest = zlib.decompressobj(), b""
    for place in range(0, len(body), BLOCK):
        *whole, rest = (rest + unpacker.decompress(body[place : place + BLOCK])).split(b"\n")
        yield from whole
    *whole, _ = (rest + unpacker.flush()).split(b"\n")
    yield from whole
