"""One HTTP/1.1 request head, strictly: llhttp does the grammar, this module what a redirect server may refuse besides.

A head is whole when it comes here (the connection cuts at the first empty line) and no request has a body, so where a
request ends is never a question that two parsers could answer differently.
"""

import re
from collections.abc import Callable
from functools import partial

import httptools

HEAD_END = b"\r\n\r\n"
MAX_HEAD = 16 * 1024
MAX_TARGET = 4 * 1024
MAX_HEADERS = 64

_SINGLE = frozenset({b"host", b"content-length", b"transfer-encoding", b"connection", b"user-agent", b"referer"})
_HOST = re.compile(rb"(?:[a-z0-9_.-]{1,255}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?", re.IGNORECASE)
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(/[^?#]*)?(\?[^#]*)?", re.IGNORECASE)


class Refused(Exception):
    """The request is answered with `status` and the connection is closed."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Request:
    """What a redirect needs of a request head. Header names are lower case."""

    __slots__ = ("arrived", "headers", "host", "is_head", "keep_alive", "target")

    def __init__(
        self, target: bytes, host: bytes, headers: dict[bytes, bytes], *, is_head: bool, keep_alive: bool
    ) -> None:
        self.target = target
        self.host = host
        self.headers = headers
        self.is_head = is_head
        self.keep_alive = keep_alive
        self.arrived = 0.0


class HeadParser:
    """Parses whole heads. One serves all connections of a process, since it keeps nothing between two heads."""

    # Plain attributes that httptools calls: built-in methods, so that a header costs no Python frame.
    on_header: Callable[[bytes, bytes], None]
    on_url: Callable[[bytes], None]
    on_message_complete: Callable[[], None]

    def __init__(self) -> None:
        self._headers: dict[bytes, bytes] = {}
        self._urls: list[bytes] = []
        self._complete: list[bool] = []
        self.on_header = self._headers.__setitem__
        self.on_url = self._urls.append
        self.on_message_complete = partial(self._complete.append, True)
        self._parser = httptools.HttpRequestParser(self)

    def parse(self, head: bytes) -> Request:
        """The request of a head that ends with its first empty line; raises Refused."""
        try:
            request = self._parse(head)
        except Refused:
            self._parser = httptools.HttpRequestParser(self)
            raise
        if not request.keep_alive:  # llhttp takes nothing more after such a message
            self._parser = httptools.HttpRequestParser(self)
        return request

    def _parse(self, head: bytes) -> Request:
        headers, urls, complete = self._headers, self._urls, self._complete
        headers.clear()
        urls.clear()
        complete.clear()
        try:
            self._parser.feed_data(head)
        except httptools.HttpParserUpgrade:
            pass  # nothing else is spoken here: answered as any request, and the connection is closed
        except httptools.HttpParserError:
            raise Refused(400) from None
        if len(complete) != 1:  # a body was announced
            raise Refused(400 if head.startswith((b"GET ", b"HEAD ")) else _other_method(head.partition(b"\r\n")[0]))
        lines = head.count(b"\r\n") - 2
        if lines > MAX_HEADERS:
            raise Refused(431)
        lowered = {name.lower(): value for name, value in headers.items()}
        if len(lowered) != lines:
            lowered = _joined(head)
        return _request(head, urls[0] if urls else b"", lowered)


def _request(head: bytes, url: bytes, headers: dict[bytes, bytes]) -> Request:
    line_end = head.find(b"\r\n")
    if head.startswith(b"GET "):
        is_head, line = False, b"GET " + url
    elif head.startswith(b"HEAD "):
        is_head, line = True, b"HEAD " + url
    else:
        raise Refused(_other_method(head[:line_end]))
    is_new = head[:line_end] == line + b" HTTP/1.1"
    if not is_new and head[:line_end] != line + b" HTTP/1.0":
        raise Refused(505 if b" HTTP/2" in head[:line_end] else 400)
    if len(url) > MAX_TARGET:
        raise Refused(414)
    if b"transfer-encoding" in headers:
        raise Refused(400)
    host = headers.get(b"host", b"")
    if not url.startswith(b"/"):
        host, url = _absolute(url)
    if not _HOST.fullmatch(host) or b"#" in url:
        raise Refused(400)
    connection = headers.get(b"connection")
    keep_alive = is_new if connection is None else is_new and connection.lower().strip() == b"keep-alive"
    return Request(url, host, headers, is_head=is_head, keep_alive=keep_alive)


def _other_method(line: bytes) -> int:
    if b" HTTP/2" in line:
        return 505
    return 405 if line[:1].isalpha() else 400


def _absolute(url: bytes) -> tuple[bytes, bytes]:
    match = _ABSOLUTE.fullmatch(url)
    if match is None:
        raise Refused(400)
    return match[1], (match[2] or b"/") + (match[3] or b"")


def _joined(head: bytes) -> dict[bytes, bytes]:
    """Headers of a head in which a name occurs twice: joined by commas, refused where only one may stand."""
    headers: dict[bytes, bytes] = {}
    for line in head[: -len(HEAD_END)].split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        name, value = name.lower(), value.strip()
        if name in headers and name in _SINGLE:
            raise Refused(400)
        headers[name] = headers[name] + b", " + value if name in headers else value
    return headers


def is_hopeless(part: bytes) -> int:
    """Status with which an unfinished head is refused at once (0: wait for the rest)."""
    if len(part) > MAX_HEAD:
        return 431 if b"\r\n" in part[:MAX_TARGET] else 414
    if not part[:1].isalpha() or b"\0" in part or part.count(b"\n") != part.count(b"\r\n"):
        return 400
    return 0
