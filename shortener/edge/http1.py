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
    """Behind the first head comes more: the connection has to cut it off."""


class Request:
    """What a redirect needs of a request head. Header names are capitalised (`User-Agent`), whatever was sent.

    `host` and `target` are as sent; `settle` says what they mean.
    """

    __slots__ = ("headers", "host", "is_head", "is_long", "keep_alive", "target")

    def __init__(self) -> None:
        self.target = b""
        self.host = b""
        self.headers: dict[bytes, bytes] = {}
        self.is_head = False
        self.is_long = False
        self.keep_alive = True

    def kept(self) -> "Request":
        """A copy that outlives the parser's next head."""
        copy = Request()
        copy.target, copy.host, copy.headers = self.target, self.host, dict(self.headers)
        copy.is_head, copy.is_long, copy.keep_alive = self.is_head, self.is_long, self.keep_alive
        return copy

    def settle(self) -> None:
        """Check the host and resolve an absolute target. Needed only for what no ready answer exists."""
        if not self.target.startswith(b"/"):
            match = _ABSOLUTE.fullmatch(self.target)
            if match is None:
                raise RefusedError(400)
            self.host, self.target = match[1], (match[2] or b"/") + (match[3] or b"")
        if not _HOST.fullmatch(self.host) or b"#" in self.target:
            raise RefusedError(400)


class HeadParser:
    """Parses whole heads. One serves all connections of a process: `parse` returns the same request again and again."""

    # Plain attributes that httptools calls: built-in methods, so that a header costs no Python frame.
    on_header: Callable[[bytes, bytes], None]
    on_url: Callable[[bytes], None]

    def __init__(self) -> None:
        self._request = Request()
        self._headers: dict[bytes, bytes] = {}
        self._urls: list[bytes] = []
        self.on_header = self._headers.__setitem__
        self.on_url = self._urls.append
        self._feed: Callable[[bytes], None] = httptools.HttpRequestParser(self).feed_data

    def parse(self, head: bytes) -> Request:
        """The request of bytes that end with an empty line; raises RefusedError, or SeveralError if it is not the one."""
        headers, urls, request = self._headers, self._urls, self._request
        headers.clear()
        urls.clear()
        try:
            self._feed(head)
            [url] = urls
            request.headers = headers
            request.host = headers[b"Host"]
            connection = headers.get(b"Connection")
        except (httptools.HttpParserError, httptools.HttpParserUpgrade, LookupError, ValueError) as error:
            return self._closely(head, error)
        if (
            len(headers) == head.count(b"\n") - 2
            and head.startswith(b"GET " + url + b" HTTP/1.1\r\n")
            and (connection is None or connection == b"keep-alive")
            and headers.keys() <= _FAMILIAR
            and len(head) <= MAX_FAMILIAR
        ):
            request.target = url
            request.is_head = False
            request.keep_alive = True
            request.is_long = False
            return request
        return self._closely(head, None)

    def _closely(self, head: bytes, error: Exception | None) -> Request:
        """The same for every head that is not wholly familiar."""
        if head.find(HEAD_END) + len(HEAD_END) != len(head):
            self._feed = httptools.HttpRequestParser(self).feed_data
            raise SeveralError
        try:
            if isinstance(error, httptools.HttpParserError):
                raise RefusedError(400)  # noqa: TRY301 (caught below to renew the parser)
            is_upgrade = isinstance(error, httptools.HttpParserUpgrade)
            request = self._request
            request.headers = headers = _headers(head)
            _read_line(head, self._urls[0] if self._urls else b"", request)
            _refuse_body(headers)
            request.is_long = len(head) > MAX_FAMILIAR
            request.host = headers.get(b"Host", b"")
            request.settle()
            connection = headers.get(b"Connection", b"keep-alive").strip().lower()
            request.keep_alive = request.keep_alive and connection == b"keep-alive" and not is_upgrade
        except RefusedError:
            self._feed = httptools.HttpRequestParser(self).feed_data
            raise
        if not request.keep_alive:  # llhttp takes nothing more after such a message
            self._feed = httptools.HttpRequestParser(self).feed_data
        return request


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
