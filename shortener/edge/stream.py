"""What comes from a client, cut into heads: bounded buffers, time-outs, and an end to whatever makes no sense."""

import asyncio
from typing import cast

from shortener.edge.http1 import HEAD_END, MAX_HEAD, is_hopeless
from shortener.edge.pages import REFUSALS, Response
from shortener.edge.traffic import Traffic

HEAD_SECONDS = 10.0
WRITE_SECONDS = 10.0
REQUESTS_A_TURN = 16
"""Pipelined requests of one connection that are answered before others get their turn."""

MAX_BUFFER = 4 * MAX_HEAD


class Stream(asyncio.Protocol):
    """One client. Input that comes while an answer is awaited or unwritable waits, bounded; then reading stops."""

    __slots__ = (
        "_buffer", "_is_blocked", "_is_ended", "_is_reading", "_is_waiting", "_traffic", "_transport", "deadline",
    )  # fmt: skip

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._is_waiting = False
        self._is_blocked = False
        self._is_reading = True
        self._is_ended = False
        self.deadline = 0.0

    def _serve(self, head: bytes) -> None:
        """Answer one whole head."""
        raise NotImplementedError

    # Called by the loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.deadline = self._traffic.idle_deadline
        if not self._traffic.admit(self):
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._traffic.connections.discard(self)

    def eof_received(self) -> bool:
        self._is_ended = True
        if not self._is_waiting and not self._is_blocked:
            self._drain()  # closes, unless there is more to answer: what is not whole will never be
        return True

    def pause_writing(self) -> None:
        self._is_blocked = True
        self.deadline = self._traffic.clock + WRITE_SECONDS

    def resume_writing(self) -> None:
        self._is_blocked = False
        self.deadline = self._traffic.idle_deadline
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

    def _refuse(self, status: int) -> None:
        """Answer with a small page and close: after a request that is refused, the stream cannot be trusted."""
        self._traffic.refusals[status] += 1
        self._buffer = b""
        if self._transport is not None and not self._transport.is_closing():
            page: Response = REFUSALS[status]
            self._transport.write(page.start + self._traffic.date + b"Connection: close\r\n" + page.headers + page.body)
            self._transport.close()
