"""One HTTP/1.1 request head, strictly: llhttp does the grammar, this module what a redirect server may refuse besides.

A head is whole when it comes here (the connection cuts at the first empty line) and no request has a body, so where a
request ends is never a question that two parsers could answer differently.
"""

import re
from collections.abc import Callable

import httptools

HEAD_END = b"\r\n\r\n"
MAX_HEAD = 16 * 1024
MAX_TARGET = 4 * 1024
MAX_HEADERS = 64
MAX_FAMILIAR = 1024
"""Bytes of a head up to which none of its parts can be too long for anything."""

_FAMILIAR = frozenset(
    b"Host User-Agent Accept Accept-Encoding Accept-Language Connection Referer Cookie DNT Cache-Control Pragma "
    b"Upgrade-Insecure-Requests Sec-Fetch-Dest Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-GPC Sec-Purpose "
    b"Purpose Priority sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform X-Forwarded-For X-Forwarded-Proto X-Real-IP "
    b"Via Forwarded".split()
)
"""Names in their usual spelling, one each: a head with no others and no repetition needs no closer look."""

_SINGLE = frozenset({b"Host", b"Content-Length", b"Transfer-Encoding", b"Connection", b"User-Agent", b"Referer"})
_HOST = re.compile(rb"(?:[a-z0-9_.-]{1,255}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?", re.IGNORECASE)
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(/[^?#]*)?(\?[^#]*)?", re.IGNORECASE)


class RefusedError(Exception):
    """The request is answered with `status` and the connection is closed."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class SeveralError(Exception):
    """The bytes are not exactly one head: the connection has to cut it from the stream."""


class Request:
    """What a redirect needs of a request head. Header names are capitalised (`User-Agent`), whatever was sent."""

    __slots__ = ("headers", "host", "is_head", "keep_alive", "target")

    def __init__(self) -> None:
        self.target = b""
        self.host = b""
        self.headers: dict[bytes, bytes] = {}
        self.is_head = False
        self.keep_alive = True


class HeadParser:
    """Parses whole heads. One serves all connections of a process, since it keeps nothing between two heads."""

    # A plain attribute that httptools calls: a built-in method, so that a header costs no Python frame.
    on_header: Callable[[bytes, bytes], None]

    def __init__(self) -> None:
        self.headers: dict[bytes, bytes] = {}
        """Of the last head that was familiar."""
        self.on_header = self.headers.__setitem__
        self._feed: Callable[[bytes], None] = httptools.HttpRequestParser(self).feed_data

    def familiar(self, head: bytes) -> bytes:
        """The hot path: host and `GET path` in one, of a head as browsers send it; b"" if it needs a closer look.

        `head` ends with a line feed. What comes out is right only if it is the key of a ready answer: any other
        method, target or version gives a key that no answer has.
        """
        headers = self.headers
        headers.clear()
        try:
            self._feed(head)
            end = head.find(b" HTTP/1.1\r\n")
            key = headers[b"Host"] + head[:end]
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, KeyError):
            self._renew()
            return b""
        count = len(headers)
        if end > 0 and head.count(b"\n") == count + 2 and (count == 1 or _is_familiar(headers, head)):
            return key
        self._renew()
        return b""

    def request(self, key: bytes) -> Request | None:
        """The request of the head that gave this familiar key; `None` if only `parse` can tell."""
        host = self.headers.get(b"Host", b"")
        line = key[len(host) :]
        target = line[4:]
        if not line.startswith(b"GET /") or b" " in target or b"#" in target or len(target) > MAX_TARGET:
            return None
        if not _HOST.fullmatch(host):
            return None
        request = Request()
        request.target, request.host, request.headers = target, host, self.headers.copy()
        return request

    def parse(self, head: bytes) -> Request:
        """The request of a whole head; raises RefusedError, or SeveralError if the bytes are more or less than that."""
        if head.find(HEAD_END) + len(HEAD_END) != len(head):
            raise SeveralError
        is_upgrade = False
        urls = _Urls()
        try:
            httptools.HttpRequestParser(urls).feed_data(head)
        except httptools.HttpParserUpgrade:
            is_upgrade = True  # nothing else is spoken here: answered as any request, and the connection is closed
        except httptools.HttpParserError:
            raise RefusedError(400) from None
        request = Request()
        request.headers = headers = _headers(head)
        _read_line(head, urls.url, request)
        _refuse_body(headers)
        request.host = headers.get(b"Host", b"")
        _settle(request)
        connection = headers.get(b"Connection", b"keep-alive").strip().lower()
        request.keep_alive = request.keep_alive and connection == b"keep-alive" and not is_upgrade
        return request

    def _renew(self) -> None:
        """Leave the middle of whatever the parser was fed."""
        self._feed = httptools.HttpRequestParser(self).feed_data


def _is_familiar(headers: dict[bytes, bytes], head: bytes) -> bool:
    return (
        headers.keys() <= _FAMILIAR
        and headers.get(b"Connection", b"keep-alive") == b"keep-alive"
        and len(head) <= MAX_FAMILIAR
    )


class _Urls:
    """Takes the target of a head."""

    def __init__(self) -> None:
        self.url = b""

    def on_url(self, url: bytes) -> None:
        self.url += url


def _settle(request: Request) -> None:
    """Resolve an absolute target, and check the host."""
    if not request.target.startswith(b"/"):
        match = _ABSOLUTE.fullmatch(request.target)
        if match is None:
            raise RefusedError(400)
        request.host, request.target = match[1], (match[2] or b"/") + (match[3] or b"")
    if not _HOST.fullmatch(request.host) or b"#" in request.target:
        raise RefusedError(400)


def _refuse_body(headers: dict[bytes, bytes]) -> None:
    if b"Transfer-Encoding" in headers or headers.get(b"Content-Length", b"").strip(b"0"):
        raise RefusedError(400)


def _read_line(head: bytes, url: bytes, request: Request) -> None:
    line = head.partition(b"\r\n")[0]
    request.is_head = line.startswith(b"HEAD ")
    if not request.is_head and not line.startswith(b"GET "):
        raise RefusedError(_other_method(line))
    expected = (b"HEAD " if request.is_head else b"GET ") + url
    request.keep_alive = line == expected + b" HTTP/1.1"
    if not request.keep_alive and line != expected + b" HTTP/1.0":
        raise RefusedError(505 if b" HTTP/2" in line else 400)
    if len(url) > MAX_TARGET:
        raise RefusedError(414)
    if len(head) > MAX_HEAD:
        raise RefusedError(431)
    request.target = url


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
