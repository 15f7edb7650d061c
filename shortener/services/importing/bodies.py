"""How a file is kept from upload to end: read once, as packed rows, so that a resumed import finds its place fast."""

import json
import zlib
from collections.abc import Iterator, Sequence

from shortener.domain.importing.records import Record, Table

LEVEL = 1


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
    """The rows of a packed body from the `start`-th on."""
    lines = zlib.decompress(body).splitlines()
    for line in lines[start:]:
        number, cells, problem = json.loads(line)
        given = zip(columns, cells, strict=True)
        yield Record(number, {name: cell for name, cell in given if cell is not None}, problem)
