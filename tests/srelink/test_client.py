import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from portal.srelink import client as clients
from portal.srelink.client import Client, multipart
from portal.srelink.configuration import Configuration
from portal.srelink.failures import Failure


class Portal(ThreadingHTTPServer):
    """Answers with what was put into `answers`, (status, headers, body), and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, dict[str, str], Any]] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.asked.append((self.command, self.path, dict(self.headers), body))
        status, headers, answer = server.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def portal() -> Iterator[Portal]:
    server = Portal()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def client(portal: Portal, pauses: list[float]) -> Client:
    address = f"http://127.0.0.1:{portal.server_address[1]}"
    return Client(Configuration(address, "secret"), pause=pauses.append)


def test_a_write_that_failed_at_the_gateway_is_tried_again_under_the_same_key(portal: Portal, client: Client) -> None:
    portal.answers = [(503, {}, {}), (502, {}, b"<html>"), (201, {}, {"id": "lnk_1"})]
    assert client.post("links/", {"target": "x"}) == {"id": "lnk_1"}
    assert len({headers["Idempotency-Key"] for _, _, headers, _ in portal.asked}) == 1


def test_retry_after_is_honoured(portal: Portal, client: Client, pauses: list[float]) -> None:
    portal.answers = [(429, {"Retry-After": "7"}, {}), (200, {}, {"ok": 1})]
    assert client.get("links/") == {"ok": 1}
    assert pauses == [7.0]


def test_a_wait_that_is_too_long_is_told_instead(portal: Portal, client: Client, pauses: list[float]) -> None:
    portal.answers = [(429, {"Retry-After": "3600"}, {"detail": "Too many requests."})]
    with pytest.raises(Failure, match="Too many") as failure:
        client.get("links/")
    assert (failure.value.code, pauses) == (5, [])


def test_pauses_grow_and_end(portal: Portal, client: Client, pauses: list[float]) -> None:
    portal.answers = [(503, {}, {})] * 4
    with pytest.raises(Failure):
        client.get("links/")
    assert len(pauses) == 3
    assert pauses == sorted(pauses)


def test_a_first_try_that_is_still_running_is_waited_for(portal: Portal, client: Client) -> None:
    portal.answers = [(409, {}, {"type": clients.IN_FLIGHT}), (201, {}, {"id": "x"})]
    assert client.post("links/", {}) == {"id": "x"}


@pytest.mark.parametrize(("status", "code"), [(422, 1), (409, 1), (401, 4), (403, 4), (404, 3), (410, 3), (500, 5)])
def test_a_refusal_is_told_at_once_with_its_code(status: int, code: int, portal: Portal, client: Client) -> None:
    portal.answers = [(status, {}, {"detail": "No.", "errors": {"slug": ["Taken."]}})]
    with pytest.raises(Failure, match="slug: Taken") as failure:
        client.post("links/", {})
    assert (failure.value.code, len(portal.asked)) == (code, 1)


def test_a_redirect_is_not_followed_with_the_token(portal: Portal, client: Client) -> None:
    portal.answers = [(302, {"Location": "http://evil.example/"}, {})]
    with pytest.raises(Failure, match="302"):
        client.get("links/")


def test_an_answer_that_is_no_json_is_no_portal(portal: Portal, client: Client) -> None:
    portal.answers = [(200, {}, b"<html>")]
    with pytest.raises(Failure, match="is the address right"):
        client.get("links/")


def test_pages_are_followed_up_to_the_limit(portal: Portal, client: Client) -> None:
    portal.answers = [(200, {}, {"items": [1, 2], "next_cursor": "n"}), (200, {}, {"items": [3], "next_cursor": "m"})]
    assert list(client.items("links/", limit=3)) == [1, 2, 3]
    assert [path for _, path, _, _ in portal.asked] == ["/api/v1/links/?limit=3", "/api/v1/links/?limit=1&cursor=n"]


def test_an_answer_that_breaks_off_is_told(portal: Portal, client: Client) -> None:
    portal.answers = [(200, {"Content-Length": "100"}, b"half")]
    with pytest.raises(Failure, match="in the middle"):
        client.download("links/export/", io.BytesIO())


def test_a_form_keeps_bytes_and_cannot_be_broken_out_of() -> None:
    body, kind = multipart('a"b\r\n.csv', b"\x00\xff", {"add_tags": ["a", "b"], 'x"y': 1})
    assert body.count(b'name="add_tags"') == 2
    assert b"\x00\xff" in body
    assert b'filename="a_b__.csv"' in body
    assert b'name="x_y"' in body
    assert kind.removeprefix("multipart/form-data; boundary=").encode() in body
