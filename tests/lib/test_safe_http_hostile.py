"""Peers that mean harm: bombs, drips, endless headers, redirects that change hands, names that change."""

import asyncio
import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from portal.lib import safe_http
from portal.lib.safe_http import FetchError

BOMB = gzip.compress(bytes(20_000_000))
DRIPS = 100


class Hostile(BaseHTTPRequestHandler):
    """A server whose path tells it how to do harm."""

    def do_GET(self) -> None:
        {"/bomb": self.bomb, "/broken": self.broken, "/headers": self.headers_without_end, "/drip": self.drip}.get(
            self.path, self.echo
        )()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        {"/see-other": self.see_other, "/again": self.again}.get(self.path, self.echo)()

    def bomb(self) -> None:
        self.reply(200, BOMB, {"Content-Encoding": "gzip"})

    def broken(self) -> None:
        self.reply(200, b"this is not gzip", {"Content-Encoding": "gzip"})

    def headers_without_end(self) -> None:
        self.reply(200, b"", {"X-Long": "x" * 100_000})

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(DRIPS))
        self.end_headers()
        for _ in range(DRIPS):
            self.wfile.write(b".")
            self.wfile.flush()
            threading.Event().wait(0.05)

    def see_other(self) -> None:
        self.reply(303, b"", {"Location": "/echo"})

    def again(self) -> None:
        self.reply(307, b"", {"Location": "/echo"})

    def echo(self) -> None:
        self.reply(200, f"{self.command} {self.headers['Content-Length']}".encode(), {})

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keeps quiet."""


class Server(ThreadingHTTPServer):
    def handle_error(self, *_args: object) -> None:
        """Keeps quiet about peers that hang up."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = Server(("127.0.0.1", 0), Hostile)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


@pytest.fixture
def peer(port: int, settings: Settings) -> str:
    settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{port}"]
    return f"http://127.0.0.1:{port}"


def test_a_bomb_is_cut_at_the_cap_after_it_is_unpacked(peer: str) -> None:
    answer = safe_http.request("GET", f"{peer}/bomb", max_bytes=5000)
    assert (len(answer.body), answer.truncated) == (5000, True)


def test_what_is_not_packed_as_it_says_breaks_off(peer: str) -> None:
    with pytest.raises(FetchError, match="broke off"):
        safe_http.request("GET", f"{peer}/broken")


def test_headers_without_end_break_off(peer: str) -> None:
    with pytest.raises(FetchError, match="broke off"):
        safe_http.request("GET", f"{peer}/headers")


def test_a_body_that_drips_ends_with_the_time(peer: str) -> None:
    with pytest.raises(FetchError, match=r"No answer within 0\.2 s"):
        safe_http.request("GET", f"{peer}/drip", timeout=0.2)


@pytest.mark.parametrize(("path", "asked"), [("/see-other", b"GET None"), ("/again", b"POST 4")])
def test_a_redirect_changes_the_method_as_its_status_says(peer: str, path: str, asked: bytes) -> None:
    assert safe_http.request("POST", f"{peer}{path}", body=b"body", max_redirects=1).body == asked


@pytest.mark.parametrize("url", ["http://b.example/", "https://a.example/", "http://a.example:81/"])
def test_credentials_do_not_go_to_another_origin(url: str) -> None:
    headers = {"Authorization": "Bearer x", "cookie": "a=b", "Accept": "*/*"}
    assert safe_http.headers_for(url, headers, since="http://a.example/") == {"Accept": "*/*"}
    assert safe_http.headers_for("http://a.example/other", headers, since="http://a.example/") == headers


@pytest.mark.parametrize("host", ["[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]"])
def test_private_ipv6_hosts_are_refused(host: str) -> None:
    with pytest.raises(FetchError, match="private address"):
        safe_http.request("GET", f"http://{host}/")


def test_a_public_ipv6_address_is_let_through() -> None:
    target = safe_http.check_url("http://[2606:4700:4700::1111]:8080/")
    assert (target.host, target.port) == ("2606:4700:4700::1111", 8080)
    assert safe_http.allowed(target, [target.host]) == [target.host]


def test_after_the_check_no_other_address_is_ever_asked_for() -> None:
    target = safe_http.Target("http://rebind.example/", "rebind.example", 80, ["8.8.8.8", "2606:4700::1111"])
    resolver = safe_http.PinnedResolver(target)
    answers = [asyncio.run(resolver.resolve("rebind.example", 80)) for _ in range(2)]
    assert [[found["host"] for found in answer] for answer in answers] == [target.found, target.found]
