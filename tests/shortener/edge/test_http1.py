"""One request head, and all the ways in which it may be wrong."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.edge.http1 import (
    MAX_FAMILIAR,
    MAX_HEAD,
    MAX_HEADERS,
    MAX_TARGET,
    HeadParser,
    RefusedError,
    Request,
    is_hopeless,
)

HOST = b"Host: sho.test\r\n"


def parse(head: bytes) -> Request:
    return HeadParser().parse(head)


def facts(parsed: Request) -> list[object]:
    """All that a request says; header values as they are when blanks around them mean nothing."""
    fields = {name: value.strip() for name, value in parsed.headers.items()}
    return [parsed.target, parsed.host, parsed.is_head, parsed.keep_alive, fields, parsed.block.method]


def outcome(judge: Callable[[bytes], Request], head: bytes) -> list[object]:
    """What a way of parsing makes of a head: its facts, or the status of its refusal."""
    try:
        return facts(judge(head))
    except RefusedError as refused:
        return [refused.status]


def request(line: bytes = b"GET /a HTTP/1.1", headers: bytes = HOST) -> bytes:
    return line + b"\r\n" + headers + b"\r\n"


def test_a_plain_request() -> None:
    parsed = parse(request(headers=HOST + b"User-Agent: curl\r\n"))
    assert (parsed.target, parsed.host, parsed.is_head, parsed.keep_alive) == (b"/a", b"sho.test", False, True)
    assert parsed.headers[b"User-Agent"] == b"curl"


def test_a_head_request() -> None:
    assert parse(request(b"HEAD /a HTTP/1.1")).is_head


@pytest.mark.parametrize(
    ("line", "headers", "keep_alive"),
    [
        (b"GET /a HTTP/1.1", HOST, True),
        (b"GET /a HTTP/1.1", HOST + b"Connection: keep-alive\r\n", True),
        (b"GET /a HTTP/1.1", HOST + b"Connection: Close\r\n", False),
        (b"GET /a HTTP/1.1", HOST + b"Connection: foo, close\r\n", False),
        (b"GET /a HTTP/1.1", HOST + b"Connection: Upgrade\r\nUpgrade: h2c\r\n", False),
        (b"GET /a HTTP/1.0", HOST, False),
        (b"GET /a HTTP/1.0", HOST + b"Connection: keep-alive\r\n", False),
    ],
)
def test_when_a_connection_is_kept(line: bytes, headers: bytes, keep_alive: bool) -> None:
    parser = HeadParser()
    assert parser.request(request(line, headers)).keep_alive is keep_alive
    assert parser.request(request(line, headers)).keep_alive is keep_alive


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        (b"http://other.test/b?c=d", b"other.test", b"/b?c=d"),
        (b"HTTPS://other.test:8443", b"other.test:8443", b"/"),
    ],
)
def test_an_absolute_target_outweighs_the_host(url: bytes, host: bytes, target: bytes) -> None:
    parsed = parse(request(b"GET " + url + b" HTTP/1.1"))
    assert (parsed.host, parsed.target) == (host, target)


@pytest.mark.parametrize(
    ("head", "status"),
    {
        "post": (request(b"POST /a HTTP/1.1"), 405),
        "post with body": (request(b"POST /a HTTP/1.1", HOST + b"Content-Length: 2\r\n"), 405),
        "options": (request(b"OPTIONS * HTTP/1.1"), 405),
        "connect": (request(b"CONNECT a:1 HTTP/1.1"), 405),
        "trace": (request(b"TRACE / HTTP/1.1"), 405),
        "unknown method": (request(b"BREW / HTTP/1.1"), 400),
        "lower case method": (request(b"get / HTTP/1.1"), 400),
        "a body": (request(headers=HOST + b"Content-Length: 5\r\n"), 400),
        "two lengths": (request(headers=HOST + b"Content-Length: 0\r\nContent-Length: 5\r\n"), 400),
        "two equal lengths": (request(headers=HOST + b"Content-Length: 0\r\nContent-Length: 0\r\n"), 400),
        "signed length": (request(headers=HOST + b"Content-Length: +0\r\n"), 400),
        "list of lengths": (request(headers=HOST + b"Content-Length: 0, 0\r\n"), 400),
        "huge length": (request(headers=HOST + b"Content-Length: 18446744073709551616\r\n"), 400),
        "chunked": (request(headers=HOST + b"Transfer-Encoding: chunked\r\n"), 400),
        "length and chunked": (
            request(headers=HOST + b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"),
            400,
        ),
        "obscured chunked": (request(headers=HOST + b"Transfer-Encoding: \x0bchunked\r\n"), 400),
        "identity": (request(headers=HOST + b"Transfer-Encoding: identity\r\n"), 400),
        "space before colon": (request(headers=HOST + b"Transfer-Encoding : chunked\r\n"), 400),
        "folded header": (request(headers=HOST + b"A: b\r\n c\r\n"), 400),
        "bare cr": (request(headers=HOST + b"A: b\rTransfer-Encoding: chunked\r\n"), 400),
        "bare lf": (request(headers=HOST + b"A: b\nTransfer-Encoding: chunked\r\n"), 400),
        "lf after request line": (b"GET /a HTTP/1.1\n" + HOST + b"\r\n", 400),
        "nul in value": (request(headers=HOST + b"A: b\0\r\n"), 400),
        "nul in target": (request(b"GET /a\0 HTTP/1.1"), 400),
        "control in name": (request(headers=HOST + b"A\x01: b\r\n"), 400),
        "no name": (request(headers=HOST + b": b\r\n"), 400),
        "no colon": (request(headers=HOST + b"Abc\r\n"), 400),
        "no host": (request(headers=b""), 400),
        "empty host": (request(headers=b"Host:\r\n"), 400),
        "two hosts": (request(headers=HOST + b"Host: other.test\r\n"), 400),
        "two equal hosts": (request(headers=HOST + HOST), 400),
        "two hosts in two cases": (request(headers=HOST + b"hOST: other.test\r\n"), 400),
        "host with path": (request(headers=b"Host: sho.test/x\r\n"), 400),
        "host with space": (request(headers=b"Host: sho.test x\r\n"), 400),
        "host with userinfo": (request(headers=b"Host: me@sho.test\r\n"), 400),
        "two spaces": (request(b"GET  /a HTTP/1.1"), 400),
        "trailing space": (request(b"GET /a HTTP/1.1 "), 400),
        "tab": (request(b"GET\t/a HTTP/1.1"), 400),
        "leading empty line": (b"\r\n" + request(), 400),
        "http 0.9": (b"GET /a\r\n\r\n", 400),
        "http 1.2": (request(b"GET /a HTTP/1.2"), 400),
        "http 2": (request(b"GET /a HTTP/2.0"), 505),
        "http 2 preface": (b"PRI * HTTP/2.0\r\n\r\n", 505),
        "other scheme": (request(b"GET ftp://sho.test/a HTTP/1.1"), 400),
        "fragment": (request(b"GET /a#b HTTP/1.1"), 400),
        "bytes above ascii": (request(b"GET /\xc3\xa9 HTTP/1.1"), 400),
        "long target": (request(b"GET /" + b"a" * MAX_TARGET + b" HTTP/1.1"), 414),
        "many headers": (request(headers=HOST + b"A: b\r\n" * MAX_HEADERS), 431),
        "nothing": (b"\r\n\r\n", 400),
    }.values(),
)
def test_what_is_refused(head: bytes, status: int) -> None:
    parser = HeadParser()
    assert outcome(parser.parse, head) == outcome(parser.request, head) == [status]
    assert not parser.blocks.recent
    assert parser.request(request()).target == b"/a"


@pytest.mark.parametrize(
    ("headers", "is_known"),
    [
        (b"", True),
        (b"User-Agent: curl\r\nConnection: keep-alive\r\nsec-ch-ua: x\r\n", True),
        (b"X-Unheard-Of: 1\r\n", True),
        (b"accept: a\r\naccept: b\r\n", True),
        (b"Content-Length: 0\r\n", True),
        (b"Connection: close\r\n", False),
        (b"Connection: upgrade\r\nUpgrade: h2c\r\n", False),
        (b"Cookie: " + b"a" * MAX_FAMILIAR + b"\r\n", False),
    ],
)
def test_which_header_blocks_are_known_from_then_on(headers: bytes, is_known: bool) -> None:
    parser = HeadParser()
    parser.request(request(headers=HOST + headers))
    assert list(parser.blocks.recent) == [HOST + headers + b"\r\n"] * is_known


LINES = [
    b"GET /a?b=c HTTP/1.1", b"GET /%41 HTTP/1.1", b"HEAD /a HTTP/1.1", b"PUT /a HTTP/1.1", b"GET /a#b HTTP/1.1",
    b"GET http://other.test/a HTTP/1.1", b"GET  /a HTTP/1.1", b"GET /a HTTP/1.0", b".test GET /a HTTP/1.1",
    b"GET /" + b"a" * MAX_TARGET + b" HTTP/1.1", b"GET /a HTTP/1.0\r\nA: HTTP/1.1", b"GET /a\0 HTTP/1.1",
    b"GET /a HTTP/1.1 HTTP/1.1", b"\r\nGET /a HTTP/1.1", b"GET /a HTTP/1.0\r\nA: b HTTP/1.1", b"CONNECT a:1 HTTP/1.1",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_known_block_changes_no_verdict(line: bytes) -> None:
    parser = HeadParser()
    parser.request(request())
    assert outcome(parser.request, request(line)) == outcome(parser.parse, request(line))


@pytest.mark.parametrize("byte", range(256))
def test_every_byte_in_a_target_is_judged_alike_with_and_without_a_known_block(byte: int) -> None:
    parser, head = HeadParser(), request(b"GET /a" + bytes([byte]) + b"b HTTP/1.1")
    parser.request(request())
    assert outcome(parser.request, head) == outcome(parser.parse, head)


def test_header_names_are_capitalised_however_they_come() -> None:
    parser = HeadParser()
    names = {
        name for kind in (b"DNT", b"dnt") for name in parser.request(request(headers=HOST + kind + b": 1\r\n")).headers
    }
    assert names == {b"Host", b"Dnt"}


def test_a_repeated_list_header_is_joined() -> None:
    headers = HOST + b"X-Forwarded-For: 192.0.2.1\r\nx-forwarded-for:  192.0.2.2 \r\n"
    assert parse(request(headers=headers)).headers[b"X-Forwarded-For"] == b"192.0.2.1, 192.0.2.2"


@pytest.mark.parametrize(
    ("part", "status"),
    [
        (b"GET /a HT", 0),
        (b"GET /a HTTP/1.1\r\nHost: a", 0),
        (b"\x16\x03\x01\x02\x00", 400),
        (b"\r\n", 400),
        (b"GET /a HTTP/1.1\nHost: a", 400),
        (b"GET /a\0", 400),
        (b"GET /" + b"a" * MAX_HEAD, 414),
        (b"GET /a HTTP/1.1\r\nA: " + b"a" * MAX_HEAD, 431),
    ],
)
def test_what_is_refused_before_it_is_whole(part: bytes, status: int) -> None:
    assert is_hopeless(part) == status


TOKENS = st.sampled_from(
    [b"GET ", b"HEAD ", b"/a", b" HTTP/1.1", b"\r\n", b"Host: sho.test", b"Content-Length: ", b"0", b"5", b":", b" ",
     b"\t", b"Transfer-Encoding: chunked", b"Host", b"\n", b"\r", b"\0", b"\xff", b"%00", b"http://x/", b"?", b"#",
     b"Connection: close"]
)  # fmt: skip


@given(st.lists(TOKENS | st.binary(max_size=4), max_size=25).map(b"".join))
def test_any_bytes_are_parsed_or_refused(noise: bytes) -> None:
    parsed = outcome(parse, noise + b"\r\n\r\n")
    assert parsed[0] in {400, 405, 414, 431, 505} or re.fullmatch(rb"/[!-~]*", parsed[0])  # type: ignore[call-overload]


@given(st.lists(st.lists(TOKENS | st.binary(max_size=4), max_size=12).map(b"".join), max_size=6))
def test_whatever_came_before_a_head_is_judged_as_if_it_came_first(noises: list[bytes]) -> None:
    parser = HeadParser()
    heads = [(noise if b"\r\n\r\n" not in noise else b"") + b"\r\n\r\n" for noise in noises]
    assert [outcome(parser.request, head) for head in heads * 2] == [outcome(parse, head) for head in heads * 2]
