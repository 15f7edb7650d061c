"""Click records as edges write them and the portal reads them.

A record is `length, crc32` (two little-endian u32) and a body of `length` bytes; the crc is that of the body. The body
is a fixed head and six strings. A segment file is a header of `HEADER_BYTES` and records behind each other; zeros
follow the last one. A run is some whole records of one segment, known by (edge, number, offset), which makes repeats
harmless.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

HEADER_BYTES = 64
METHODS = ("GET", "HEAD", "PREFETCH")
CLICK_STATUSES = frozenset({301, 302, 307, 308})
LIMITS = {"host": 255, "slug": 1024, "referrer": 1024, "user_agent": 1024, "address": 64, "language": 1024}

PREFIX = struct.Struct("<II")
BODY = struct.Struct("<qqHBBHHHHHH")


@dataclass(frozen=True, slots=True)
class ClickRecord:
    """One answered request. `link_id` 0 is a visit of no link; `good` says it was answered right and in time.

    `method` is PREFETCH for a GET that a browser made ahead of its user.
    """

    at_us: int
    link_id: int
    status: int
    good: bool
    method: str = "GET"
    host: str = ""
    slug: str = ""
    referrer: str = ""
    user_agent: str = ""
    address: str = ""
    language: str = ""

    @property
    def is_click(self) -> bool:
        """Whether somebody followed a link: HEAD, prefetch, error pages and portal pages are no clicks."""
        return self.method == "GET" and self.link_id > 0 and self.status in CLICK_STATUSES


def encode(record: ClickRecord) -> bytes:
    """The record's bytes; strings are cut to LIMITS."""
    texts = [getattr(record, name).encode("utf-8", "replace")[:limit] for name, limit in LIMITS.items()]
    head = (record.at_us, record.link_id, record.status, METHODS.index(record.method), record.good)
    body = BODY.pack(*head, *map(len, texts)) + b"".join(texts)
    return PREFIX.pack(len(body), zlib.crc32(body)) + body


def decode(body: bytes) -> Iterator[ClickRecord]:
    """Yield the whole records of a run, in order; stops before a torn or missing one."""
    for start, stop in _bounds(body, 0):
        yield _record(body[start:stop])


def valid_end(segment: bytes, start: int = HEADER_BYTES) -> int:
    """Offset behind the last whole record of a segment that a killed edge left behind."""
    return max((stop for _, stop in _bounds(segment, start)), default=start)


def _bounds(data: bytes, position: int) -> Iterator[tuple[int, int]]:
    while position + PREFIX.size <= len(data):
        length, crc = PREFIX.unpack_from(data, position)
        start = position + PREFIX.size
        position = start + length
        if length < BODY.size or position > len(data) or zlib.crc32(data[start:position]) != crc:
            return
        yield start, position


def _record(body: bytes) -> ClickRecord:
    at_us, link_id, status, method, good, *lengths = BODY.unpack_from(body)
    texts: list[str] = []
    position = BODY.size
    for length in lengths:
        texts.append(body[position : position + length].decode("utf-8", "replace"))
        position += length
    return ClickRecord(at_us, link_id, status, bool(good), METHODS[method], *texts)
