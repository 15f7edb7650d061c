"""Rows of the click log in PostgreSQL's binary COPY format: what visits share, then time and link."""

from struct import Struct, pack

from shortener.domain.visits import Visit

COLUMNS = "is_bot, visitor, network, country, device, os, browser, language, referrer, rule, status, at, link_id"
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = pack(">h", -1)
EPOCH_US = 946_684_800_000_000
"""PostgreSQL's epoch, 2000-01-01, in us since 1970."""

end_of_row = Struct(">qiq").pack
"""The rest of a row: at (us since EPOCH_US), the length 8, link_id."""


def beginning(visit: Visit, *, rule: str, status: int) -> bytes:
    """A row up to the length of its time, which `end_of_row` goes on with."""
    texts = (*visit[2:], rule)
    fields = [bytes((visit.is_bot,)), visit.visitor, *(text.encode() for text in texts), pack(">h", status)]
    return pack(">h", len(fields) + 2) + b"".join(map(field, fields)) + pack(">i", 8)


def field(data: bytes) -> bytes:
    """One field with its length."""
    return pack(">i", len(data)) + data
