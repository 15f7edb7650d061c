"""A client's connection: answers one request at a time, and records before it answers.

`data_received` is the hot path and kept flat: one whole head in one read, its header block known, a ready answer in the
LRU, one record, one write.
"""

import asyncio
from collections.abc import Callable
from struct import Struct
from time import time
from typing import cast

from shortener.domain.redirect import LinkFacts
from shortener.domain.segments import GOOD, HAS_RULE
from shortener.edge.facts import visitor_of
from shortener.edge.headers import GET, HEAD, Block, client_of
from shortener.edge.http1 import VERSION, RefusedError, Request
from shortener.edge.pages import Response, manner
from shortener.edge.ready import Ready
from shortener.edge.stream import Stream
from shortener.edge.traffic import GOOD_SECONDS, Traffic

pack_head, pack_lengths, pack_time, join = Struct("<qqHBB").pack, Struct("<HH").pack, Struct("<q").pack, b"".join


class Connection(Stream):
    """One client."""

    __slots__ = ("_address", "_block", "_client", "_from", "_lengths", "_write")

    def __init__(self, traffic: Traffic) -> None:
        super().__init__(traffic)
        self._address = self._from = b""
        self._block: Block | None = None
        self._lengths = self._client = b""
        self._write: Callable[[bytes], None]

    # Called by the loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._write = cast("asyncio.Transport", transport).write
        peer = transport.get_extra_info("peername")
        self._address = peer[0].encode() if peer else b""
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        traffic = self._traffic
        line, _, text = data.partition(VERSION)
        block = traffic.known.get(text)
        if block is None or self._buffer or self._is_waiting or self._is_blocked:
            self._buffer += data
            self._drain()
            return
        now = time()
        ready = traffic.entries.get(block.prefix + line)
        if ready is None or not ready.is_plain or (now >= ready.valid_until and not traffic.resolver.renew(ready, now)):
            self._serve(data)
            return
        if block is not self._block:
            self._recognise(block)
        if ready.dated is not traffic.date:
            traffic.renew(ready)
        times = pack_time(int(now * 1e6))
        traffic.append(join((times, ready.link, block.marks, ready.lengths, self._lengths, ready.names, self._client)))
        traffic.counts[ready.kind] += 1
        self.deadline = traffic.idle_deadline
        self._write(ready.wire)
        if traffic.is_sampling:
            traffic.is_sampling = False
            traffic.durations.observe(time() - now)

    def _recognise(self, block: Block) -> None:
        """Prepare what the records of this client have in common."""
        address, hops = self._address, self._traffic.trusted_proxies
        if hops:
            address = client_of(block.fields, hops) or address
        self._block, self._from = block, address
        self._lengths, self._client = block.client(address)

    # Answering.

    def _serve(self, head: bytes) -> None:
        """Answer one whole head, whatever it is."""
        now = time()
        try:
            request = self._traffic.parser.request(head)
        except RefusedError as refused:
            self._refuse(refused.status)
            return
        ready = self._find(request, now)
        if ready is not None:
            self._answer(request, ready, now)

    def _find(self, request: Request, now: float) -> Ready | None:
        """The answer for a request, rendered if it is not ready; `None` if PostgreSQL or a counter is asked first."""
        traffic, host = self._traffic, request.host
        path, _, query = request.target.partition(b"?")
        ready = traffic.entries.get(request.block.prefix + b"GET " + path)
        is_new = ready is None or (now >= ready.valid_until and not traffic.resolver.renew(ready, now))
        if ready is None or is_new:
            ready = traffic.resolver.resolve(host, path, now)
        if ready.is_miss and (refused := self._over_budget(request, now)) is not None:
            return refused
        if is_new and ready.lookup is not None:
            if self._ask(request, ready, now):
                return None
            # Only now "unknown" is kept: what PostgreSQL denies it may be given a moment later.
            traffic.resolver.keep(host, path, ready)
        return self._personal(request, ready, query, now) if ready.is_personal or (query and ready.forwards) else ready

    def _over_budget(self, request: Request, now: float) -> Ready | None:
        """The refusal of a client that has asked for too many links that do not exist."""
        if request.block is not self._block:
            self._recognise(request.block)
        return self._traffic.personal.refused(self._from, now)

    def _personal(self, request: Request, ready: Ready, query: bytes, arrived: float) -> Ready | None:
        """The answer for this visitor; `None` if this connection waits for a counter first."""
        block = request.block
        if block is not self._block:
            self._recognise(block)
        visitor = visitor_of(block.agent, self._from, block.language)
        self._is_waiting = True  # an answer may come at once
        found = self._traffic.personal.answer(
            ready,
            visitor,
            query.decode("latin-1"),
            arrived,
            counts=block.method == GET and not request.is_head,
            done=lambda one: self._go_on(request, one, arrived),
        )
        self._is_waiting = self._is_waiting and found is None
        return found

    def _ask(self, request: Request, ready: Ready, now: float) -> bool:
        """Whether PostgreSQL is asked; then this connection waits for `_found`."""
        epoch = self._traffic.resolver.epoch
        lookup = ready.lookup or ("", "", False)
        self._is_waiting = True  # an answer may come at once
        self._is_waiting = self._traffic.ask(lookup[:2], lambda facts: self._found(request, ready, facts, epoch, now))
        return self._is_waiting

    def _found(self, request: Request, ready: Ready, facts: LinkFacts | None, epoch: int, arrived: float) -> None:
        """PostgreSQL has answered: go on with the request that waited for it."""
        traffic, now = self._traffic, time()
        self._is_waiting = False
        path, _, query = request.target.partition(b"?")
        if facts is not None and ready.lookup is not None:
            ready = traffic.resolver.answer(ready.lookup, facts, now, fresh=True)
            if epoch == traffic.resolver.epoch:
                traffic.resolver.keep(request.host, path, ready)
        if self._transport is None:
            return
        found: Ready | None = ready
        if ready.is_personal or (query and ready.forwards):
            found = self._personal(request, ready, query, arrived)
        if found is not None:
            self._go_on(request, found, arrived)

    def _go_on(self, request: Request, ready: Ready, arrived: float) -> None:
        """Answer a request that waited, and go on with what came behind it."""
        self._is_waiting = False
        if self._transport is None:
            return
        waited = time() - arrived
        self._traffic.durations.observe(waited)
        self._answer(request, ready, arrived, is_late=waited > GOOD_SECONDS)
        self._traffic.loop.call_soon(self._drain)

    def _answer(self, request: Request, ready: Ready, arrived: float, *, is_late: bool = False) -> None:
        """Record, then write."""
        traffic, transport = self._traffic, self._transport
        if transport is None:
            return
        response: Ready | Response = ready
        if ready.choices is not None:
            fields = request.headers
            response = ready.choices[manner(fields.get(b"Accept", b""), fields.get(b"Accept-Language", b""))]
        if ready.is_recorded:
            self._record(request, ready, response.status, arrived, is_late=is_late)
        traffic.counts[ready.kind] += 1
        body = b"" if request.is_head else response.body
        if request.keep_alive and not traffic.is_closing:
            self.deadline = traffic.idle_deadline
            transport.write(response.start + traffic.date + response.headers + body)
        else:
            transport.write(response.start + traffic.date + b"Connection: close\r\n" + response.headers + body)
            transport.close()

    def _record(self, request: Request, ready: Ready, status: int, arrived: float, *, is_late: bool) -> None:
        traffic, block = self._traffic, request.block
        if block is not self._block:
            self._recognise(block)
        flags = block.flags if is_late or traffic.is_late or status == 503 else block.flags | GOOD
        if ready.rule:
            flags |= HAS_RULE
        method = HEAD if request.is_head else block.method
        head = pack_head(int(arrived * 1e6), ready.link_id, status, method, flags)
        lengths = pack_lengths(ready.host_length, ready.slug_length)
        traffic.append(join((head, lengths, self._lengths, ready.names, self._client, ready.rule)))
