"""One pipelined connection to Valkey for the loop: no question waits longer than TIMEOUT, and none without an answer.

While it is not connected every question is answered with None at once. It reconnects by itself, with back-off, and
notices a server that says nothing any more.
"""

import asyncio
import contextlib
import logging
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import hiredis

from shortener.edge.database import Backoff

TIMEOUT = 0.15
CONNECT_SECONDS = 2.0
BEAT_SECONDS = 1.0
MOST_PENDING = 2_000

Done = Callable[[Any], None]
log = logging.getLogger(__name__)


class _Question:
    __slots__ = ("done", "timer")

    def __init__(self, done: Done) -> None:
        self.done: Done | None = done
        self.timer: asyncio.TimerHandle | None = None

    def answer(self, reply: Any) -> None:
        done, self.done = self.done, None
        if self.timer is not None:
            self.timer.cancel()
        if done is not None:
            done(reply)


class Valkey(asyncio.Protocol):
    """`ask` is called on the loop, and so are the callbacks given to it; an error of the server is answered as None."""

    def __init__(self, url: str, loop: asyncio.AbstractEventLoop) -> None:
        self.trouble = "not connected yet" if url else "REDIS_URL is not set"
        self.is_up = False
        self.timeouts = 0
        self._url = urlsplit(url)
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._reader = hiredis.Reader()
        self._questions: deque[_Question] = deque()
        self._backoff = Backoff()
        self._is_lost = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Connect, and stay connected."""
        if self._url.scheme:
            self._task = self._loop.create_task(self._stay())

    def stop(self) -> None:
        """Close."""
        if self._task is not None:
            self._task.cancel()
        if self._transport is not None:
            self._transport.abort()

    def ask(self, *words: str, done: Done) -> None:
        """Send one command; `done` is called once, with the reply or None."""
        if not self.is_up or len(self._questions) >= MOST_PENDING:
            done(None)
            return
        self._send(words, done)

    def _send(self, words: tuple[str, ...], done: Done) -> None:
        question = _Question(done)
        question.timer = self._loop.call_later(TIMEOUT, self._give_up, question)
        self._questions.append(question)
        if self._transport is not None:
            self._transport.write(hiredis.pack_command(cast("Any", words)))

    def _give_up(self, question: _Question) -> None:
        self.timeouts += 1
        question.answer(None)

    # The connection's life.

    async def _stay(self) -> None:
        while True:
            self._is_lost.clear()
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await self._connect()
            except (OSError, ssl.SSLError, TimeoutError, ValueError) as error:
                self._say(str(error) or type(error).__name__)
            else:
                await self._beat()
            self._drop()
            await asyncio.sleep(self._backoff.next())

    async def _connect(self) -> None:
        url = self._url
        if url.scheme == "unix":
            await self._loop.create_unix_connection(lambda: self, unquote(url.path))
        else:
            context = ssl.create_default_context() if url.scheme == "rediss" else None
            await self._loop.create_connection(lambda: self, url.hostname or "127.0.0.1", url.port or 6379, ssl=context)
        for words in _greeting(url):
            await self._replied(*words)
        self._say("")
        self.is_up = True
        self._backoff.reset()

    async def _beat(self) -> None:
        """Until the connection is lost, or a PING is not answered."""
        while not self._is_lost.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(BEAT_SECONDS):
                    await self._is_lost.wait()
            if not self._is_lost.is_set():
                try:
                    await self._replied("PING")
                except OSError as error:
                    self._say(str(error))
                    return

    async def _replied(self, *words: str) -> None:
        future: asyncio.Future[Any] = self._loop.create_future()

        def done(reply: Any) -> None:
            if not future.done():
                future.set_result(reply)

        self._send(words, done)
        reply = await future
        if reply is None:
            raise OSError(f"no answer to {words[0]}")

    def _drop(self) -> None:
        self.is_up = False
        if self._transport is not None:
            self._transport.abort()
        self._transport = None
        self._reader = hiredis.Reader()
        while self._questions:
            self._questions.popleft().answer(None)

    def _say(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            log.warning("Valkey", extra={"trouble": trouble or "none any more"})

    # Called by the loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_up = False
        self._say(str(exc) if exc else "the connection was closed")
        self._is_lost.set()

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            if self._questions:
                self._questions.popleft().answer(None if isinstance(reply, Exception) else reply)


def _greeting(url: SplitResult) -> list[tuple[str, ...]]:
    """The commands behind which a connection is ours: password and database of the URL."""
    words: list[tuple[str, ...]] = []
    if url.password is not None:
        words.append(("AUTH", *([unquote(url.username)] if url.username else []), unquote(url.password)))
    named = parse_qs(url.query).get("db", [""])[0] if url.scheme == "unix" else url.path.strip("/")
    return [*words, ("SELECT", named or "0")]
