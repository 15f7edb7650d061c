"""One plain HTTP/1.1 exchange over a connection of its own, at a fraction of what a full client costs.

Plain is what nearly every probe does: no body, no cookies, a URL and headers that need no quoting. Whoever calls it has
checked the addresses and limits the time. Anything else goes through the full client.
"""

import asyncio
import re
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohappyeyeballs
import httptools
from multidict import CIMultiDict

from portal.lib import safe_sockets, stopwatches
from portal.lib.safe_sockets import FetchError, Target
from portal.lib.stopwatches import Stopwatch

METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PLAIN_URL = re.compile(
    r"https?://[A-Za-z0-9.\[\]:_-]+(/[A-Za-z0-9/._~!$&'()*+,;=:@-]*)?(\?[A-Za-z0-9/._~!$&'()*+,;=:@?-]*)?"
)
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
HEADER_VALUE = re.compile(r"[\x20-\x7e]*")
OWN_HEADERS = frozenset({"host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "expect"})
LONGEST_HEAD = 64_000
FIRST_FINAL = 200


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back; `is_cut` says that the body went on past the cap."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool


def is_plain(method: str, url: str, headers: Mapping[str, str]) -> bool:
    """Whether a request may go this way: nothing in it must be quoted, normalised, or thought about."""
    if method not in METHODS or not PLAIN_URL.fullmatch(url) or "/." in url:
        return False
    return all(
        HEADER_NAME.fullmatch(name) and HEADER_VALUE.fullmatch(value) and name.lower() not in OWN_HEADERS
        for name, value in headers.items()
    )


async def ask(
    method: str,
    target: Target,
    headers: Mapping[str, str],
    *,
    max_bytes: int,
    watch: Stopwatch,
    tls: ssl.SSLContext | None,
) -> Answered:
    """Sends one request to a checked target; FetchError says why no answer came."""
    where = f"{target.host}:{target.port}"
    exchange = _Exchange(where, method, max_bytes, watch)
    token = stopwatches.current.set(watch)
    watch.begin("connect")
    try:
        await _connect(exchange, target, tls)
        watch.begin("send")
        exchange.transport.write(_head(method, target.url, headers))
        watch.begin("wait")
        return await exchange.answer
    finally:
        stopwatches.current.reset(token)
        exchange.abort()


async def _connect(exchange: "_Exchange", target: Target, tls: ssl.SSLContext | None) -> None:
    loop = asyncio.get_running_loop()
    name = target.host if tls else None
    try:
        if len(target.found) == 1:
            await loop.create_connection(lambda: exchange, target.found[0], target.port, ssl=tls, server_hostname=name)
        else:
            sock = await aiohappyeyeballs.start_connection(_addresses(target), happy_eyeballs_delay=0.25, interleave=1)
            await loop.create_connection(lambda: exchange, sock=sock, ssl=tls, server_hostname=name)
    except OSError as error:
        raise safe_sockets.explained(error, target) from error


def _addresses(target: Target) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    families = {address: socket.AF_INET6 if ":" in address else socket.AF_INET for address in target.found}
    return [
        (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, target.port))
        for address, family in families.items()
    ]


def _head(method: str, url: str, headers: Mapping[str, str]) -> bytes:
    parts = urlsplit(url)
    asked = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    usual = {"Host": _host(parts.scheme, parts.netloc), "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    sent = CIMultiDict(usual)
    sent.update(headers)
    lines = [f"{method} {asked} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items()), "Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _host(scheme: str, netloc: str) -> str:
    return netloc.removesuffix(":443" if scheme == "https" else ":80")


class _Exchange(asyncio.Protocol):
    """One request and its answer, on one connection; what httptools finds comes back through the `on_` methods."""

    def __init__(self, where: str, method: str, max_bytes: int, watch: Stopwatch) -> None:
        self.answer: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self.transport: Any = None
        self._where, self._method, self._max_bytes, self._watch = where, method, max_bytes, watch
        self._parser = httptools.HttpResponseParser(self)
        self._headers: CIMultiDict[str] = CIMultiDict()
        self._head_bytes, self._named_bytes, self._status = 0, 0, 0
        self._body = bytearray()
        self._unpacker: Any = None

    def abort(self) -> None:
        """Lets the connection go; nothing more is read, and nobody waits for the answer."""
        if not self.answer.cancel() and not self.answer.cancelled():
            self.answer.exception()
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if self.answer.done():
            return
        if not self._status:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._fail("changed the protocol unasked")
        except httptools.HttpParserError as error:
            self._fail(f"broke off: {type(error.__context__ or error).__name__}")
        if self._head_bytes > LONGEST_HEAD:
            self._fail("broke off: its headers do not end")

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._status:
            self._fail("broke off without an answer")
        elif exc is None and not {"content-length", "transfer-encoding"} & {name.lower() for name in self._headers}:
            self._end()
        else:
            self._fail("broke off before the answer was complete")

    def on_header(self, name: bytes, value: bytes) -> None:
        self._named_bytes += len(name) + len(value)
        if self._named_bytes > LONGEST_HEAD:
            raise OverflowError
        self._headers.add(name.decode("utf-8", "surrogateescape"), value.decode("utf-8", "surrogateescape"))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < FIRST_FINAL:
            return
        self._status = status
        self._watch.begin("body")
        if self._method == "HEAD":
            self._end()
            return
        encoding = self._headers.get("Content-Encoding", "").lower()
        if encoding not in {"", "identity"}:
            self._unpacker = _Unpacker(encoding)

    def on_body(self, chunk: bytes) -> None:
        room = self._max_bytes - len(self._body) + 1
        if room > 0:
            self._body += self._unpacker.unpacked(chunk, room) if self._unpacker else chunk
        if len(self._body) > self._max_bytes:
            self._end(is_cut=True)

    def on_message_complete(self) -> None:
        if self._status:
            self._end()
        else:
            self._headers.clear()

    def _end(self, *, is_cut: bool = False) -> None:
        if not self.answer.done():
            body = bytes(self._body[: self._max_bytes])
            self.answer.set_result(Answered(self._status, self._headers, body, is_cut))

    def _fail(self, what: str) -> None:
        if not self.answer.done():
            self.answer.set_exception(FetchError(f"{self._where} {what}.", phase="response"))


class _Unpacker:
    """The content behind a Content-Encoding of gzip or deflate, piece by piece; ValueError for another."""

    def __init__(self, encoding: str) -> None:
        if encoding not in {"gzip", "x-gzip", "deflate"}:
            raise ValueError(encoding)
        self._bits = 0 if encoding == "deflate" else 16 + zlib.MAX_WBITS
        self._machine: Any = None

    def unpacked(self, chunk: bytes, most: int) -> bytes:
        """At most `most` bytes of what `chunk` holds."""
        if self._machine is None:
            raw = -zlib.MAX_WBITS if chunk[0] & 15 != zlib.DEFLATED else zlib.MAX_WBITS
            self._machine = zlib.decompressobj(self._bits or raw)
        found: bytes = self._machine.decompress(chunk, most)
        return found
