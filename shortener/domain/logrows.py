"""Rows of the click log in PostgreSQL's binary COPY format: what visits share, then time and link."""

from functools import lru_cache
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
    texts = b"".join(map(_text, visit[2:]))
    start = _BOT if visit.is_bot else _PERSON
    return b"".join((start, field(visit.visitor), texts, _text(rule), _begin_time(2, status, 8)))


def field(data: bytes) -> bytes:
    """One field with its length."""
    return pack(">i", len(data)) + data


@lru_cache(maxsize=20_000)
def _text(text: str) -> bytes:
    return field(text.encode())


_PERSON, _BOT = (pack(">hib", len(COLUMNS.split(", ")), 1, is_bot) for is_bot in (0, 1))
_begin_time = Struct(">ihi").pack
"""The length 2, the status, and the length 8 of the time."""
