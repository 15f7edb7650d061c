"""Hostile, slow and impatient clients against the running edge."""

import re
import socket
import struct
import time

import pytest

from tests.shortener.edge.support import Database, EdgeProcess, until

pytestmark = pytest.mark.xdist_group("edge_protocol")

GET = b"GET /known HTTP/1.1\r\nHost: sho.test\r\n\r\n"
LAST = b"GET /known HTTP/1.1\r\nHost: sho.test\r\nConnection: close\r\n\r\n"


def _connect(edge: EdgeProcess) -> socket.socket:
    return socket.create_connection(("127.0.0.1", edge.port), timeout=5)


@pytest.mark.parametrize(
    ("data", "status"),
    {
        "tls hello": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
        "line feeds only": (b"GET /known HTTP/1.1\nHost: sho.test\n\n", b"400"),
        "post": (b"POST /known HTTP/1.1\r\nHost: sho.test\r\nContent-Length: 3\r\n\r\na=b", b"405"),
        "smuggled by length": (GET[:-2] + b"Content-Length: 41\r\n\r\n" + GET, b"400"),
        "smuggled by chunks": (GET[:-2] + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET, b"400"),
        "both": (GET[:-2] + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG", b"400"),
        "nul": (b"GET /known\0 HTTP/1.1\r\nHost: sho.test\r\n\r\n", b"400"),
        "bad percent": (b"GET /%zz HTTP/1.1\r\nHost: sho.test\r\nConnection: close\r\n\r\n", b"400"),
        "overlong utf-8": (b"GET /%c0%af HTTP/1.1\r\nHost: sho.test\r\nConnection: close\r\n\r\n", b"400"),
        "long target": (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: sho.test\r\n\r\n", b"414"),
        "endless target": (b"GET /" + b"a" * 20000, b"414"),
        "endless header": (b"GET /a HTTP/1.1\r\nA: " + b"a" * 20000, b"431"),
        "many headers": (b"GET /a HTTP/1.1\r\nHost: sho.test\r\n" + b"A: b\r\n" * 100 + b"\r\n", b"431"),
        "http 2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"505"),
    }.values(),
)
def test_what_is_wrong_is_refused_once_and_closed(edge: EdgeProcess, data: bytes, status: bytes) -> None:
    answer = edge.talk(data)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"Connection: close\r\n" in answer


def test_405_names_what_is_allowed(edge: EdgeProcess) -> None:
    assert b"Allow: GET, HEAD\r\n" in edge.talk(b"DELETE /known HTTP/1.1\r\nHost: sho.test\r\n\r\n")


def test_pipelined_requests_are_answered_in_order(edge: EdgeProcess) -> None:
    answer = edge.talk(GET.replace(b"known", b"unknown") + GET * 50 + LAST)
    assert answer.startswith(b"HTTP/1.1 404")
    assert answer.count(b"Location: https://example.com/known\r\n") == 51


def test_what_is_pipelined_behind_a_bad_request_is_not_answered(edge: EdgeProcess) -> None:
    answer = edge.talk(GET + b"BAD\r\n\r\n" + GET * 3)
    assert [answer.count(b"HTTP/1.1 " + status) for status in (b"302", b"400")] == [1, 1]


def test_what_is_pipelined_behind_a_look_up_waits_for_it(edge: EdgeProcess, database: Database) -> None:
    database.run("INSERT INTO link SELECT 3, domain, 'unheard', payload FROM link WHERE link_id = 1")
    answer = edge.talk(GET.replace(b"known", b"unheard") + GET.replace(b"known", b"nope") + LAST)
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"302", b"404", b"302"]


def test_a_request_may_come_byte_by_byte(edge: EdgeProcess) -> None:
    with _connect(edge) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in GET:
            client.sendall(bytes([byte]))
        assert client.recv(1000).startswith(b"HTTP/1.1 302")


def test_a_connection_serves_one_request_after_the_other(edge: EdgeProcess) -> None:
    with _connect(edge) as client:
        for _ in range(3):
            client.sendall(GET)
            assert client.recv(1000).startswith(b"HTTP/1.1 302")


def test_http_1_0_and_close_end_the_connection(edge: EdgeProcess) -> None:
    assert edge.talk(GET.replace(b"1.1", b"1.0")).count(b"Connection: close\r\n") == 1
    assert edge.talk(LAST).count(b"Connection: close\r\n") == 1


def test_a_client_that_shuts_its_side_still_gets_its_answer(edge: EdgeProcess) -> None:
    assert edge.talk(GET, shut=True).startswith(b"HTTP/1.1 302")
    assert edge.talk(GET.replace(b"known", b"not-known"), shut=True).startswith(b"HTTP/1.1 404")


def test_head_has_the_headers_and_no_body(edge: EdgeProcess) -> None:
    head = edge.get("/nowhere", method="HEAD")
    assert (head.status, head.content) == (404, "")
    assert head.headers["Content-Length"] == edge.get("/nowhere").headers["Content-Length"]


def test_head_and_prefetch_are_no_clicks(edge: EdgeProcess, database: Database) -> None:
    edge.get("/known?a", method="HEAD", User_Agent="quiet")
    edge.get("/known?a", User_Agent="quiet", Sec_Purpose="prefetch;prerender")
    records = until(lambda: [one for one in database.records() if one.user_agent == "quiet"][1:] and database.records())
    quiet = [one for one in records if one.user_agent == "quiet"]
    assert [(one.method, one.is_click) for one in quiet] == [("HEAD", False), ("PREFETCH", False)]


def test_a_reader_that_does_not_read_stops_only_itself(edge: EdgeProcess) -> None:
    with _connect(edge) as deaf:
        deaf.setblocking(False)
        request, sent = GET.replace(b"known", b"none") * 200, 0
        deadline = time.monotonic() + 5
        while sent < 30_000_000 and time.monotonic() < deadline:
            try:
                sent += deaf.send(request)
            except BlockingIOError:
                break
        assert edge.get("/known").status == 302
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert edge.metric("process_resident_memory_bytes") < 200e6


def test_many_idle_connections_cost_little(edge: EdgeProcess) -> None:
    clients = [_connect(edge) for _ in range(400)]
    until(lambda: edge.metric("edge_connections") >= 400)
    assert edge.get("/known").status == 302
    for client in clients:
        client.close()
    until(lambda: edge.metric("edge_connections") < 100)


def test_an_error_page_is_html_for_people_and_json_for_programs(edge: EdgeProcess) -> None:
    page, problem = edge.get("/nowhere"), edge.get("/nowhere", Accept="application/problem+json")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert '"status": 404' in problem.content


def test_another_host_has_no_links(edge: EdgeProcess) -> None:
    answer = edge.get("/known", Host="evil.test")
    assert (answer.status, "short domain" in answer.content) == (404, True)
