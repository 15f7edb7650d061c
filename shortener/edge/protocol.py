"""A client's connection: cuts heads from the stream, answers one request at a time, records before it answers.

`data_received` is the hot path and kept flat: one whole head in one read, a ready answer in the LRU, one record, one
write.
"""

import asyncio
from time import time
from typing import cast

from shortener.domain.redirect import LinkFacts
from shortener.edge.http1 import HEAD_END, MAX_HEAD, Refused, Request, is_hopeless
from shortener.edge.pages import REFUSALS, Response
from shortener.edge.resolver import Ready
from shortener.edge.traffic import GOOD_SECONDS, Traffic

IDLE_SECONDS = 30.0
HEAD_SECONDS = 10.0
WRITE_SECONDS = 10.0
REQUESTS_A_TURN = 16
"""Pipelined requests of one connection that are answered before others get their turn."""

MAX_BUFFER = 4 * MAX_HEAD


class Connection(asyncio.Protocol):
    """One client. Input that comes while an answer is awaited or unwritable waits, bounded; then reading stops."""

    __slots__ = (
        "_address",
        "_buffer",
        "_is_blocked",
        "_is_ended",
        "_is_reading",
        "_is_waiting",
        "_traffic",
        "_transport",
        "deadline",
    )

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._is_waiting = False
        self._is_blocked = False
        self._is_reading = True
        self._is_ended = False
        self._address = b""
        self.deadline = 0.0

    # Called by the loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self._address = peer[0].encode() if peer else b""
        self.deadline = self._traffic.clock + IDLE_SECONDS
        if not self._traffic.admit(self):
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._traffic.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        if self._buffer or self._is_waiting or self._is_blocked or data.find(HEAD_END) + 4 != len(data):
            self._buffer += data
            self._drain()
        else:
            self._serve(data)

    def eof_received(self) -> bool:
        self._is_ended = True
        return not self.is_idle

    def pause_writing(self) -> None:
        self._is_blocked = True
        self.deadline = self._traffic.clock + WRITE_SECONDS

    def resume_writing(self) -> None:
        self._is_blocked = False
        self.deadline = self._traffic.clock + IDLE_SECONDS
        self._drain()

    def close(self) -> None:
        """Close after what is written."""
        if self._transport is not None:
            self._transport.close()

    def expire(self) -> None:
        """The deadline is past: a slow request is told so, an idle or unread connection is closed."""
        if self._transport is None:
            return
        self._traffic.timeouts += 1
        if self._is_blocked:
            self._transport.abort()
        elif self._buffer:
            self._refuse(408)
        else:
            self._transport.close()

    @property
    def is_idle(self) -> bool:
        """Whether closing it now would lose no answer."""
        return not self._is_waiting and not self._is_blocked and not self._buffer

    # Cutting heads from the stream.

    def _drain(self) -> None:
        for _ in range(REQUESTS_A_TURN):
            if self._is_waiting or self._is_blocked or self._transport is None or self._transport.is_closing():
                self._hold()
                return
            end = self._buffer.find(HEAD_END) + 4
            if end < 4:
                self._await_rest()
                return
            head, self._buffer = self._buffer[:end], self._buffer[end:]
            self._serve(head)
        self._traffic.loop.call_soon(self._drain)

    def _await_rest(self) -> None:
        if self._is_ended:
            self.close()
            return
        self._read_on()
        if not self._buffer:
            return
        status = is_hopeless(self._buffer)
        if status:
            self._refuse(status)
        else:
            self.deadline = min(self.deadline, self._traffic.clock + HEAD_SECONDS)

    def _hold(self) -> None:
        if self._transport is not None and self._is_reading and len(self._buffer) > MAX_BUFFER:
            self._is_reading = False
            self._transport.pause_reading()

    def _read_on(self) -> None:
        if self._transport is not None and not self._is_reading:
            self._is_reading = True
            self._transport.resume_reading()

    # Answering.

    def _serve(self, head: bytes) -> None:
        traffic = self._traffic
        now = time()
        try:
            request = traffic.parser.parse(head)
        except Refused as refused:
            self._refuse(refused.status)
            return
        request.arrived = now
        entries = traffic.entries
        key = request.host + b" " + request.target
        ready = entries.get(key)
        if ready is None or now >= ready.valid_until:
            ready = self._find(request, now)
            if ready is None:
                return
        else:
            entries.move_to_end(key)
        self._answer(request, ready, now)

    def _find(self, request: Request, now: float) -> Ready | None:
        """The answer that is not in the LRU under the whole target; `None` if PostgreSQL is asked first."""
        traffic, host = self._traffic, request.host
        path, mark, query = request.target.partition(b"?")
        ready = traffic.entries.get(host + b" " + path) if mark else None
        if ready is None or now >= ready.valid_until:
            ready = traffic.resolver.resolve(host, path, now)
            if ready.lookup is not None:
                self._is_waiting = True
                epoch = traffic.resolver.epoch
                unknown = ready
                if traffic.ask(ready.lookup[:2], lambda facts: self._found(request, unknown, facts, epoch)):
                    return None
                self._is_waiting = False
                traffic.resolver.keep(host, path, ready)
        if query and ready.forwards:
            return traffic.resolver.forwarded(ready, query, now)
        return ready

    def _found(self, request: Request, ready: Ready, facts: LinkFacts | None, epoch: int) -> None:
        """PostgreSQL has answered: go on with the request that waited for it."""
        traffic, now = self._traffic, time()
        self._is_waiting = False
        path, _, query = request.target.partition(b"?")
        if facts is not None and ready.lookup is not None:
            domain, slug, wants_preview = ready.lookup
            ready = traffic.resolver.answer(domain, slug, facts, now, wants_preview=wants_preview, fresh=True)
        if epoch == traffic.resolver.epoch:
            traffic.resolver.keep(request.host, path, ready)
        if self._transport is None:
            return
        if query and ready.forwards:
            ready = traffic.resolver.forwarded(ready, query, now)
        self._answer(request, ready, now)
        self._drain()

    def _answer(self, request: Request, ready: Ready, now: float) -> None:
        traffic = self._traffic
        if ready.is_recorded:
            self._record(request, ready, now)
        traffic.counts[ready.kind] += 1
        headers, body = ready.headers, ready.body
        if body:
            headers, body = _variant(request, ready)
        transport = self._transport
        if transport is None:
            return
        if request.keep_alive and not traffic.is_closing:
            self.deadline = traffic.clock + IDLE_SECONDS
            transport.write(ready.start + traffic.date + headers + body)
        else:
            transport.write(ready.start + traffic.date + b"Connection: close\r\n" + headers + body)
            transport.close()
        traffic.served += 1
        if not traffic.served & 63:
            traffic.durations.observe(time() - request.arrived)

    def _record(self, request: Request, ready: Ready, now: float) -> None:
        traffic, get = self._traffic, request.headers.get
        referrer, agent = get(b"referer", b"")[:1024], get(b"user-agent", b"")[:512]
        language, address = get(b"accept-language", b"")[:128], self._address
        if traffic.trusted_proxies:
            address = _client(get(b"x-forwarded-for", b""), traffic.trusted_proxies) or address
        method = 1 if request.is_head else 2 if _is_prefetch(request.headers) else 0
        good = not traffic.is_late and now - request.arrived < GOOD_SECONDS and ready.status != 503
        traffic.recorder.append(
            int(request.arrived * 1e6),
            ready.link_id,
            ready.status,
            method,
            good,
            (*ready.names_lengths, len(referrer), len(agent), len(address), len(language)),
            ready.names + referrer + agent + address + language,
        )

    def _refuse(self, status: int) -> None:
        """Answer with a small page and close: after a request that is refused, the stream cannot be trusted."""
        self._traffic.refusals[status] += 1
        self._buffer = b""
        if self._transport is not None and not self._transport.is_closing():
            page: Response = REFUSALS[status]
            self._transport.write(page.start + self._traffic.date + b"Connection: close\r\n" + page.headers + page.body)
            self._transport.close()


def _variant(request: Request, ready: Ready) -> tuple[bytes, bytes]:
    """Headers and body of a page: as JSON for a program that asks for it, without body for a HEAD."""
    headers, body = ready.headers, ready.body
    if ready.problem is not None and b"json" in request.headers.get(b"accept", b""):
        headers, body = ready.problem.headers, ready.problem.body
    return headers, b"" if request.is_head else body


def _is_prefetch(headers: dict[bytes, bytes]) -> bool:
    """Whether a browser asks ahead of its user (such a request is no click)."""
    if b"sec-purpose" not in headers and b"purpose" not in headers:
        return False
    return b"prefetch" in headers.get(b"sec-purpose", b"") + headers.get(b"purpose", b"")


def _client(forwarded: bytes, hops: int) -> bytes:
    """The address that the outermost of `hops` trusted proxies saw: the hops-th entry from the right."""
    parts = [part.strip() for part in forwarded.split(b",")]
    return parts[-hops][:64] if len(parts) >= hops else b""
