"""The plain way to ask: canned answers, byte for byte, from a raw socket."""

import asyncio
import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvloop

from portal.lib import plain_http
from portal.lib.plain_http import Answered
from portal.lib.safe_sockets import FetchError, Target
from portal.lib.stopwatches import Stopwatch

BODY = b"all is well" * 10
Ask = Callable[..., Answered]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Asks a server that says `answer` and hangs up; `heard` of the function is what it was told."""
    server = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def once(answer: bytes, method: str = "GET", path: str = "/", **options: Any) -> Answered:
        threading.Thread(target=_say, args=(server, answer, heard), daemon=True).start()
        port = server.getsockname()[1]
        target = Target(f"http://peer.example:{port}{path}", "peer.example", port, options.pop("found", ["127.0.0.1"]))
        fixed = {"max_bytes": 1000, "watch": options.pop("watch", Stopwatch()), "tls": None}
        return uvloop.run(plain_http.ask(method, target, options.pop("headers", {}), **(fixed | options)))

    once.heard = heard  # type: ignore[attr-defined]
    yield once
    server.close()


def _say(server: socket.socket, answer: bytes, heard: list[bytes]) -> None:
    peer, _ = server.accept()
    with peer:
        heard.append(peer.recv(65_536))
        peer.sendall(answer)
        peer.shutdown(socket.SHUT_WR)
        peer.recv(1)


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def sized(body: bytes, *headers: str) -> bytes:
    return response(body, f"Content-Length: {len(body)}", *headers)


@pytest.mark.parametrize(
    "answer",
    [
        sized(BODY),
        response(BODY, "Connection: close"),
        response(b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY), "Transfer-Encoding: chunked"),
        sized(gzip.compress(BODY), "Content-Encoding: gzip"),
        sized(zlib.compress(BODY), "Content-Encoding: deflate"),
        sized(zlib.compress(BODY)[2:-4], "Content-Encoding: deflate"),
        response(b"", status="100 Continue") + sized(BODY),
        response(b"", "Link: </a>", status="103 Early Hints") + sized(BODY),
        b"HTTP/1.0 200 OK\r\n\r\n" + BODY,
    ],
    ids=["sized", "until the end", "chunked", "gzip", "zlib", "raw deflate", "continue", "hints", "1.0"],
)
def test_each_way_to_send_a_body_is_read(ask: Ask, answer: bytes) -> None:
    found = ask(answer)
    assert (found.status, found.body, found.is_cut) == (200, BODY, False)


def test_the_answer_to_a_head_has_no_body(ask: Ask) -> None:
    found = ask(response(b"", "Content-Length: 70"), "HEAD")
    assert (found.status, found.body, found.headers["content-length"]) == (200, b"", "70")


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_some_answers_never_have_one(ask: Ask, status: str) -> None:
    assert ask(response(b"", status=status)).status == int(status[:3])


@pytest.mark.parametrize(
    "answer",
    [sized(b"x" * 1001), sized(gzip.compress(b"x" * 10_000_000), "Content-Encoding: gzip")],
    ids=["plain", "bomb"],
)
def test_a_body_is_cut_at_the_cap(ask: Ask, answer: bytes) -> None:
    found = ask(answer)
    assert (found.body, found.is_cut) == (b"x" * 1000, True)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"", "without an answer"),
        (response(b"x", "Content-Length: 9"), "before the answer was complete"),
        (response(b"5\r\nab", "Transfer-Encoding: chunked"), "before the answer was complete"),
        (b"SSH-2.0-OpenSSH\r\n", "broke off"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "broke off"),
        (response(b"", "Content-Length: 1", "Content-Length: 2"), "broke off"),
        (response(b"", "X-Long: " + "x" * 70_000), "broke off"),
        (b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 70_000, "headers do not end"),
        (sized(b"no gzip", "Content-Encoding: gzip"), "broke off"),
        (sized(b"x", "Content-Encoding: zip"), "broke off"),
        (response(b"", "Upgrade: h2c", "Connection: Upgrade", status="101 Switching Protocols"), "unasked"),
    ],
    ids=["nothing", "short", "half a chunk", "no HTTP", "header", "sizes", "long", "endless", "gzip", "zip", "upgrade"],
)
def test_what_is_no_answer_breaks_off(ask: Ask, answer: bytes, words: str) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        ask(answer)
    assert caught.value.phase == "response"


def test_the_request_says_who_asks_for_what(ask: Any) -> None:
    ask(sized(b""), path="/a?b=c", headers={"User-Agent": "me", "Accept": "text/html"})
    lines = ask.heard[0].decode().split("\r\n")
    assert lines[0] == "GET /a?b=c HTTP/1.1"
    assert lines[1].startswith("Host: peer.example:")
    assert {"User-Agent: me", "Accept: text/html", "Connection: close"} <= set(lines)


def test_the_phases_are_timed(ask: Ask) -> None:
    watch = Stopwatch()
    ask(sized(BODY), watch=watch)
    assert [phase for phase, _ in watch.milliseconds()] == ["connect", "send", "wait", "body"]


def test_the_second_address_is_tried(ask: Ask) -> None:
    assert ask(sized(BODY), found=["127.0.0.77", "127.0.0.1"]).body == BODY


def test_a_closed_port_cannot_be_connected_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    target = Target(f"http://127.0.0.1:{port}/", "127.0.0.1", port, ["127.0.0.1"])
    with pytest.raises(FetchError, match="could not be connected to") as caught:
        asyncio.run(plain_http.ask("GET", target, {}, max_bytes=9, watch=Stopwatch(), tls=None))
    assert caught.value.phase == "connect"


@pytest.mark.parametrize(
    ("method", "url", "headers", "plain"),
    [
        ("GET", "http://a.example/x?y=1", {"X-A": "b"}, True),
        ("HEAD", "https://[2001:db8::1]:8443", {}, True),
        ("POST", "http://a.example/", {}, False),
        ("GET", "http://a.example/%41", {}, False),
        ("GET", "http://a.example/../x", {}, False),
        ("GET", "http://ä.example/", {}, False),
        ("GET", "http://a.example/#part", {}, False),
        ("GET", "http://a.example/", {"X-A": "b\r\nX-C: d"}, False),
        ("GET", "http://a.example/", {"X A": "b"}, False),
        ("GET", "http://a.example/", {"host": "b.example"}, False),
    ],
    ids=["plain", "v6", "body", "quoted", "dots", "name", "fragment", "split", "bad name", "host"],
)
def test_only_what_needs_no_thought_is_plain(method: str, url: str, headers: dict[str, str], plain: bool) -> None:
    assert plain_http.is_plain(method, url, headers) is plain
