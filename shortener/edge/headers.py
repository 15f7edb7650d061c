"""Header blocks: what all browsers of one kind send alike, parsed once and from then on known byte for byte.

A request head is its first line and a block of headers behind it. Clients of the same make and language repeat the
block, whatever link they follow, so the hot path looks it up and parses nothing. Only what the strict parser accepted
is ever kept, and only an equal block is found: a hit is answered as the parser would have it.
"""

from struct import Struct

from shortener.domain.segments import GOOD, OPTED_OUT

MOST_BLOCKS = 2048
"""Blocks of one generation; there are two, so that those in use outlive a flood of strangers."""

GET, HEAD, PREFETCH = range(3)
"""Numbers of the record's methods."""

_MARKS = {(method, flags): bytes((method, flags | GOOD)) for method in (GET, PREFETCH) for flags in (0, OPTED_OUT)}
_LENGTHS = Struct("<HHHH").pack
_LONGEST = 1024


class Block:
    """One header block: the host, and what a click record takes of the rest."""

    __slots__ = ("agent", "fields", "flags", "host", "language", "marks", "method", "prefix", "referrer")

    def __init__(self, host: bytes, fields: dict[bytes, bytes]) -> None:
        self.host = host
        self.fields = fields
        self.prefix = host + b" "
        """Before a request line it makes the key of a ready answer: no host has a space, so no two keys are equal."""
        self.method = GET
        if b"Sec-Purpose" in fields or b"Purpose" in fields:
            self.method = _method(fields)
        self.flags = OPTED_OUT if b"1" in (fields.get(b"Dnt"), fields.get(b"Sec-Gpc")) else 0
        self.marks = _MARKS[self.method, self.flags]
        """Method and flags of a GET that is answered right and in time."""
        self.referrer = fields.get(b"Referer", b"")[:_LONGEST]
        self.agent = fields.get(b"User-Agent", b"")[:_LONGEST]
        self.language = fields.get(b"Accept-Language", b"")[:_LONGEST]

    def client(self, address: bytes) -> tuple[bytes, bytes]:
        """The part of a record that is the same for every request of this client: four lengths, and their strings."""
        referrer, agent, language = self.referrer, self.agent, self.language
        lengths = _LENGTHS(len(referrer), len(agent), len(address), len(language))
        return lengths, referrer + agent + address + language


class Blocks:
    """The blocks that are known. `recent` is read directly by the connections."""

    def __init__(self) -> None:
        self.recent: dict[bytes, Block] = {}
        self._former: dict[bytes, Block] = {}

    def find(self, text: bytes) -> Block | None:
        """The block of these bytes, if it is known; from now on as a recent one."""
        block = self.recent.get(text)
        if block is None and (block := self._former.get(text)) is not None:
            self.learn(text, block)
        return block

    def learn(self, text: bytes, block: Block) -> None:
        """Know this block from now on. What was not used for MOST_BLOCKS others is forgotten."""
        if len(self.recent) >= MOST_BLOCKS:
            self._former = self.recent.copy()
            self.recent.clear()
        self.recent[text] = block


def _method(fields: dict[bytes, bytes]) -> int:
    """GET or PREFETCH: a browser that asks ahead of its user makes no click."""
    return PREFETCH if b"prefetch" in fields.get(b"Sec-Purpose", b"") + fields.get(b"Purpose", b"") else GET


def client_of(headers: dict[bytes, bytes], hops: int) -> bytes:
    """The address that the outermost of `hops` trusted proxies saw: the hops-th entry from the right."""
    parts = [part.strip() for part in headers.get(b"X-Forwarded-For", b"").split(b",")]
    return parts[-hops][:64] if len(parts) >= hops else b""
