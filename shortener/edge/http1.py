"""One HTTP/1.1 request head, strictly: llhttp does the grammar, this module what a redirect server may refuse besides.

A head is whole when it comes here (the connection cuts at the first empty line) and no request has a body, so where a
request ends is never a question that two parsers could answer differently.
"""

import re
from collections.abc import Callable

import httptools

from shortener.edge.headers import Block, Blocks

HEAD_END = b"\r\n\r\n"
VERSION = b" HTTP/1.1\r\n"
"""What parts a request line from its header block, where both are usual."""

MAX_HEAD = 16 * 1024
MAX_TARGET = 4 * 1024
MAX_HEADERS = 64
MAX_FAMILIAR = 1024
"""Bytes up to which a header block is worth knowing."""

_FAMILIAR = {
    name: name.title()
    for name in b"Host User-Agent Accept Accept-Encoding Accept-Language Connection Referer Cookie DNT Cache-Control "
    b"Pragma Upgrade-Insecure-Requests Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-GPC Sec-Purpose "
    b"Purpose Priority sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform X-Forwarded-For X-Forwarded-Proto X-Real-IP "
    b"Via Forwarded".split()
}
"""Names in their usual spelling, one each: a head with no others and no repetition needs no closer look."""

_SINGLE = frozenset({b"Host", b"Content-Length", b"Transfer-Encoding", b"Connection", b"User-Agent", b"Referer"})
_HOST = re.compile(rb"(?:[a-z0-9_.-]{1,255}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?", re.IGNORECASE)
_LINE = re.compile(rb"(GET|HEAD) (/[!-\"$-~]*)")
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(/[^?#]*)?(\?[^#]*)?", re.IGNORECASE)


class RefusedError(Exception):
    """The request is answered with `status` and the connection is closed."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Request:
    """What a redirect needs of a request head. Header names are capitalised (`User-Agent`), whatever was sent."""

    __slots__ = ("block", "headers", "host", "is_head", "keep_alive", "target")

    def __init__(self, target: bytes, block: Block, *, is_head: bool, keep_alive: bool = True) -> None:
        self.target = target
        self.block = block
        self.host = block.host
        self.headers = block.fields
        self.is_head = is_head
        self.keep_alive = keep_alive


class HeadParser:
    """Parses whole heads. One serves all connections of a process, and knows the header blocks that it has seen."""

    # A plain attribute that httptools calls: a built-in method, so that a header costs no Python frame.
    on_header: Callable[[bytes, bytes], None]

    def __init__(self) -> None:
        self.blocks = Blocks()
        self._headers: dict[bytes, bytes] = {}
        self.on_header = self._headers.__setitem__
        self._feed: Callable[[bytes], None] = httptools.HttpRequestParser(self).feed_data

    def request(self, head: bytes) -> Request:
        """The request of one whole head; raises RefusedError. Its header block is known afterwards, if it is usual."""
        line, _, text = head.partition(VERSION)
        match = _LINE.fullmatch(line)
        if match is None or len(match[2]) > MAX_TARGET:
            return self.parse(head)
        block = self.blocks.find(text)
        if block is None:
            block = self._familiar(head, text)
            if block is None:
                return self._unfamiliar(head, text)
            self.blocks.learn(text, block)
        return Request(match[2], block, is_head=match[1] == b"HEAD")

    def parse(self, head: bytes) -> Request:
        """The request of one whole head, looked at from the beginning; raises RefusedError."""
        is_upgrade = False
        urls = _Urls()
        try:
            httptools.HttpRequestParser(urls).feed_data(head)
        except httptools.HttpParserUpgrade:
            is_upgrade = True  # nothing else is spoken here: answered as any request, and the connection is closed
        except httptools.HttpParserError:
            raise RefusedError(400) from None
        headers = _headers(head)
        is_head, is_1_1 = _read_line(head, urls.url)
        _refuse_body(headers)
        host, target = _settled(headers.get(b"Host", b""), urls.url)
        connection = headers.get(b"Connection", b"keep-alive").strip().lower()
        keep_alive = is_1_1 and connection == b"keep-alive" and not is_upgrade
        return Request(target, Block(host, headers), is_head=is_head, keep_alive=keep_alive)

    def _familiar(self, head: bytes, text: bytes) -> Block | None:
        """The block of a head as browsers send it; `None` if it needs a closer look."""
        headers = self._headers
        headers.clear()
        try:
            self._feed(head)
            fields = {_FAMILIAR[name]: value for name, value in headers.items()}
            host = fields[b"Host"]
            is_plain = fields.get(b"Connection", b"keep-alive") == b"keep-alive" and len(text) <= MAX_FAMILIAR
            if is_plain and text.count(b"\n") == len(fields) + 1 and _HOST.fullmatch(host):
                return Block(host, fields)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, KeyError):
            pass
        self._feed = httptools.HttpRequestParser(self).feed_data  # whatever it is in the middle of
        return None

    def _unfamiliar(self, head: bytes, text: bytes) -> Request:
        request = self.parse(head)
        if request.keep_alive and len(text) <= MAX_FAMILIAR:
            self.blocks.learn(text, request.block)
        return request


class _Urls:
    """Takes the target of a head."""

    def __init__(self) -> None:
        self.url = b""

    def on_url(self, url: bytes) -> None:
        self.url += url


def _settled(host: bytes, target: bytes) -> tuple[bytes, bytes]:
    """Host and target, the latter without what an absolute one has more; raises RefusedError."""
    if not target.startswith(b"/"):
        match = _ABSOLUTE.fullmatch(target)
        if match is None:
            raise RefusedError(400)
        host, target = match[1], (match[2] or b"/") + (match[3] or b"")
    if not _HOST.fullmatch(host) or b"#" in target:
        raise RefusedError(400)
    return host, target


def _refuse_body(headers: dict[bytes, bytes]) -> None:
    if b"Transfer-Encoding" in headers or headers.get(b"Content-Length", b"").strip(b"0"):
        raise RefusedError(400)


def _read_line(head: bytes, url: bytes) -> tuple[bool, bool]:
    """Whether it is a HEAD, and whether it is of HTTP/1.1; raises RefusedError."""
    line = head.partition(b"\r\n")[0]
    is_head = line.startswith(b"HEAD ")
    if not is_head and not line.startswith(b"GET "):
        raise RefusedError(_other_method(line))
    expected = (b"HEAD " if is_head else b"GET ") + url
    is_1_1 = line == expected + b" HTTP/1.1"
    if not is_1_1 and line != expected + b" HTTP/1.0":
        raise RefusedError(505 if b" HTTP/2" in line else 400)
    if len(url) > MAX_TARGET:
        raise RefusedError(414)
    if len(head) > MAX_HEAD:
        raise RefusedError(431)
    return is_head, is_1_1


def _other_method(line: bytes) -> int:
    if b" HTTP/2" in line:
        return 505
    return 405 if line[:1].isalpha() else 400


def _headers(head: bytes) -> dict[bytes, bytes]:
    """Headers under capitalised names: repeated ones joined by commas, refused where only one may stand."""
    headers: dict[bytes, bytes] = {}
    lines = head[: -len(HEAD_END)].split(b"\r\n")[1:]
    if len(lines) > MAX_HEADERS:
        raise RefusedError(431)
    for line in lines:
        name, _, value = line.partition(b":")
        name, value = name.title(), value.strip(b" \t")
        if name in headers and name in _SINGLE:
            raise RefusedError(400)
        headers[name] = headers[name] + b", " + value if name in headers else value
    return headers


def is_hopeless(part: bytes) -> int:
    """Status with which an unfinished head is refused at once (0: wait for the rest)."""
    if len(part) > MAX_HEAD:
        return 431 if b"\r\n" in part[:MAX_TARGET] else 414
    if not part[:1].isalpha() or b"\0" in part or part.count(b"\n") != part.count(b"\r\n"):
        return 400
    return 0
