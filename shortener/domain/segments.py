"""Click records as edges write them and the portal reads them.

A record is `length, crc32` (two little-endian u32) and a body of `length` bytes; the crc is that of the body. The body
is a fixed head, six strings, and where its flags say so the rule that decided. A segment file is a header of
`HEADER_BYTES` and records behind each other; zeros follow the last one. A run is some whole records of one segment,
known by (edge, number, offset), which makes repeats harmless.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HEADER_BYTES = 64
METHODS = ("GET", "HEAD", "PREFETCH")
CLICK_STATUSES = frozenset({301, 302, 307, 308})
LIMITS = {"host": 255, "slug": 1024, "referrer": 1024, "user_agent": 1024, "address": 64, "language": 1024}

GOOD, HAS_RULE, OPTED_OUT = 1, 2, 4
"""Flags of a record: answered right and in time; a rule stands behind the strings; the visitor opted out (DNT, GPC)."""

PREFIX = struct.Struct("<II")
BODY = struct.Struct("<qqHBBHHHHHH")
RULE = struct.Struct("<HB")


@dataclass(frozen=True, slots=True)
class ClickRecord:
    """One answered request. `link_id` 0 is a visit of no link; `good` says it was answered right and in time.

    `method` is PREFETCH for a GET that a browser made ahead of its user. `rule` is the number of the link's rule that
    decided and `variant` that of its target, both from 1; 0 is none. `opted_out` says that DNT or Sec-GPC was sent.
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
    rule: int = 0
    variant: int = 0
    opted_out: bool = False

    @property
    def is_click(self) -> bool:
        """Whether somebody followed a link: HEAD, prefetch, error pages and portal pages are no clicks."""
        return self.method == "GET" and self.link_id > 0 and self.status in CLICK_STATUSES


def encode(record: ClickRecord) -> bytes:
    """The record's bytes; strings are cut to LIMITS."""
    texts = [getattr(record, name).encode("utf-8", "replace")[:limit] for name, limit in LIMITS.items()]
    flags = record.good * GOOD | (record.rule > 0) * HAS_RULE | record.opted_out * OPTED_OUT
    head = (record.at_us, record.link_id, record.status, METHODS.index(record.method), flags)
    rule = RULE.pack(record.rule, record.variant) if record.rule else b""
    body = BODY.pack(*head, *map(len, texts)) + b"".join(texts) + rule
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
    at_us, link_id, status, method, flags, *lengths = BODY.unpack_from(body)
    texts: list[str] = []
    position = BODY.size
    for length in lengths:
        texts.append(body[position : position + length].decode("utf-8", "replace"))
        position += length
    rule, variant = RULE.unpack_from(body, position) if flags & HAS_RULE else (0, 0)
    head = [at_us, link_id, status, bool(flags & GOOD), METHODS[method]]
    values: list[Any] = [*head, *texts, rule, variant, bool(flags & OPTED_OUT)]
    return ClickRecord(*values)
