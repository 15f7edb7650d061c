"""What all connections of an edge share: the parser, the answers, the recorder, clocks and counts."""

import asyncio
from collections import Counter
from collections.abc import Callable
from struct import Struct
from time import time
from typing import TYPE_CHECKING

from prometheus_client import Histogram

from shortener.domain.redirect import LinkFacts
from shortener.edge.headers import Block
from shortener.edge.http1 import HeadParser
from shortener.edge.lookup import Address, Questions
from shortener.edge.pages import date_line
from shortener.edge.personal import Personal
from shortener.edge.ready import KINDS, Ready
from shortener.edge.recorder import Recorder
from shortener.edge.resolver import Resolver

if TYPE_CHECKING:
    from shortener.edge.stream import Stream

GOOD_SECONDS = 0.25
"""A redirect that took longer counts as bad in the SLI, although it was answered right."""

IDLE_SECONDS = 30.0
MOST_CONNECTIONS = 20_000
TICK_SECONDS = 0.1
_pack_link, _pack_lengths = Struct("<qH").pack, Struct("<HH").pack


class Traffic:
    """Shared by the connections, on the loop's thread."""

    def __init__(
        self,
        *,
        loop: asyncio.AbstractEventLoop,
        resolver: Resolver,
        recorder: Recorder,
        lookup: Questions[Address, LinkFacts],
        personal: Personal,
        durations: Histogram,
        trusted_proxies: int = 0,
    ) -> None:
        self.loop = loop
        self.parser = HeadParser()
        self.known: dict[bytes, Block] = self.parser.blocks.recent
        """Header blocks that the hot path may take as they are; none while it must not be taken at all."""
        self.resolver = resolver
        self.personal = personal
        self.entries = resolver.entries
        self.append = recorder.append
        self.recorder = recorder
        self.durations = durations
        self.trusted_proxies = trusted_proxies
        self.connections: set[Stream] = set()
        self.counts = [0] * len(KINDS)
        self.refusals: Counter[int] = Counter()
        self.timeouts = 0
        self.is_closing = False
        self.is_late = False
        """Whether the loop stood still just now, so that what it answers in this turn is late."""
        self.is_sampling = True
        """Whether the next answer is timed: once a tick, so that it costs the others nothing."""
        self.clock = loop.time()
        self.idle_deadline = self.clock + IDLE_SECONDS
        self.date = date_line(time())
        self._lookup = lookup
        self._swept_at = self.clock

    def renew(self, ready: Ready) -> None:
        """Once a second for an answer in use: give it this second's date, and its place as recently used."""
        if not ready.dated:
            ready.link = _pack_link(ready.link_id, ready.status)
            ready.lengths = _pack_lengths(ready.host_length, ready.slug_length)
        ready.dated = self.date
        ready.wire = ready.start + self.date + ready.headers
        if ready.entry in self.entries:
            self.entries.move_to_end(ready.entry)

    def ask(self, key: tuple[str, str], found: Callable[[LinkFacts | None], None]) -> bool:
        """Ask PostgreSQL for a link that the replica does not have."""
        return self._lookup.ask(key, found)

    def admit(self, connection: "Stream") -> bool:
        """Whether there is room for one more connection."""
        self.connections.add(connection)
        return len(self.connections) <= MOST_CONNECTIONS

    def close(self) -> None:
        """Each answer from now on is the last of its connection."""
        self.is_closing = True
        self.known = {}

    def tick(self) -> None:
        """Keep the clocks, notice a loop that stood still, and expire connections once a second."""
        now = self.loop.time()
        self.is_late = now - self.clock > TICK_SECONDS + GOOD_SECONDS
        self.known = {} if self.is_late or self.is_closing else self.parser.blocks.recent
        self.clock = now
        self.idle_deadline = now + IDLE_SECONDS
        self.is_sampling = True
        date = date_line(time())
        if date != self.date:
            self.date = date
        if now - self._swept_at >= 1:
            self._swept_at = now
            for connection in [one for one in self.connections if one.deadline < now]:
                connection.expire()
        self.loop.call_later(TICK_SECONDS, self.tick)
