"""What all connections of an edge share: the parser, the answers, the recorder, clocks and counts."""

import asyncio
from collections import Counter
from collections.abc import Callable
from time import time
from typing import TYPE_CHECKING

from prometheus_client import Histogram

from shortener.domain.redirect import LinkFacts
from shortener.edge.http1 import HeadParser
from shortener.edge.lookup import Lookup
from shortener.edge.pages import date_line
from shortener.edge.recorder import Recorder
from shortener.edge.resolver import KINDS, Ready, Resolver

if TYPE_CHECKING:
    from shortener.edge.protocol import Connection

GOOD_SECONDS = 0.25
"""A redirect that took longer counts as bad in the SLI, although it was answered right."""

MOST_CONNECTIONS = 20_000
TICK_SECONDS = 0.1


class Traffic:
    """Shared by the connections, on the loop's thread."""

    def __init__(
        self,
        *,
        loop: asyncio.AbstractEventLoop,
        resolver: Resolver,
        recorder: Recorder,
        lookup: Lookup,
        durations: Histogram,
        trusted_proxies: int = 0,
    ) -> None:
        self.loop = loop
        self.parser = HeadParser()
        self.resolver = resolver
        self.entries = resolver.entries
        self.append = recorder.append
        self.recorder = recorder
        self.durations = durations
        self.trusted_proxies = trusted_proxies
        self.connections: set[Connection] = set()
        self.counts = [0] * len(KINDS)
        self.refusals: Counter[int] = Counter()
        self.timeouts = 0
        self.is_closing = False
        self.is_late = False
        """Whether the loop stood still just now, so that what it answers in this turn is late."""
        self.is_sampling = True
        """Whether the next answer is timed: once a tick, so that it costs the others nothing."""
        self.clock = loop.time()
        self.date = date_line(time())
        self._lookup = lookup
        self._swept_at = self.clock

    def renew(self, ready: Ready) -> None:
        """Once a second for an answer in use: give it this second's date, and its place as recently used."""
        ready.dated = self.date
        ready.wire = ready.start + self.date + ready.headers
        if ready.entry in self.entries:
            self.entries.move_to_end(ready.entry)

    def ask(self, key: tuple[str, str], found: Callable[[LinkFacts | None], None]) -> bool:
        """Ask PostgreSQL for a link that the replica does not have."""
        return self._lookup.ask(key, found)

    def admit(self, connection: "Connection") -> bool:
        """Whether there is room for one more connection."""
        self.connections.add(connection)
        return len(self.connections) <= MOST_CONNECTIONS

    def tick(self) -> None:
        """Keep the clocks, notice a loop that stood still, and expire connections once a second."""
        now = self.loop.time()
        self.is_late = now - self.clock > TICK_SECONDS + GOOD_SECONDS
        self.clock = now
        self.is_sampling = True
        date = date_line(time())
        if date != self.date:
            self.date = date
        if now - self._swept_at >= 1:
            self._swept_at = now
            for connection in [one for one in self.connections if one.deadline < now]:
                connection.expire()
        self.loop.call_later(TICK_SECONDS, self.tick)
