import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from portal.lib import safe_http
from portal.lib.safe_http import FetchError


class Peer(BaseHTTPRequestHandler):
    """A server whose path tells it how to behave."""

    def do_GET(self) -> None:
        behave = {"/ok": self.ok, "/big": self.big, "/slow": self.slow, "/loop": self.loop, "/inside": self.inside}
        behave[self.path]()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.reply(200, body + b"|" + self.headers["X-Sign"].encode())

    def ok(self) -> None:
        self.reply(200, self.headers["Host"].encode())

    def big(self) -> None:
        self.reply(200, b"x" * 200_000)

    def slow(self) -> None:
        threading.Event().wait(2)

    def loop(self) -> None:
        self.reply(302, b"", Location="/loop")

    def inside(self) -> None:
        self.reply(302, b"", Location="http://169.254.169.254/latest/meta-data/")

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keeps quiet."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def peer(port: int, settings: Settings) -> str:
    """The server's address, listed as a private target."""
    settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{port}"]
    return f"http://127.0.0.1:{port}"


def refusal(url: str, **options: float) -> FetchError:
    with pytest.raises(FetchError) as caught:
        safe_http.request("GET", url, **options)
    return caught.value


def test_an_answer_comes_with_its_address_and_time(peer: str) -> None:
    response = safe_http.request("GET", f"{peer}/ok")
    assert (response.status, response.address, response.truncated) == (200, "127.0.0.1", False)
    assert response.body.decode() == peer.removeprefix("http://")
    assert response.elapsed > 0


def test_body_and_headers_are_sent(peer: str) -> None:
    response = safe_http.request("POST", f"{peer}/echo", body=b"hello", headers={"X-Sign": "v1=ab"})
    assert response.body == b"hello|v1=ab"


def test_size_is_capped(peer: str) -> None:
    response = safe_http.request("GET", f"{peer}/big", max_bytes=1000)
    assert (len(response.body), response.truncated) == (1000, True)


def test_time_is_capped(peer: str) -> None:
    error = refusal(f"{peer}/slow", timeout=0.2)
    assert (error.phase, error.permanent, error.reason) == ("response", False, "No answer within 0.2 s.")


def test_redirects_are_not_followed_unasked(peer: str) -> None:
    assert safe_http.request("GET", f"{peer}/loop").status == 302


def test_redirects_end(peer: str) -> None:
    assert refusal(f"{peer}/loop", max_redirects=3).reason == "More than 3 redirects."


def test_a_redirect_into_the_private_network_is_refused(peer: str) -> None:
    error = refusal(f"{peer}/inside", max_redirects=3)
    assert "private address 169.254.169.254" in error.reason
    assert error.permanent


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433"])
def test_private_hosts_are_refused_however_they_are_spelt(port: int, host: str) -> None:
    assert "private address" in refusal(f"http://{host}:{port}/ok").reason


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://user:pw@example.com/",
        "http://x:99999/",
    ],
)
def test_a_url_of_another_kind_is_refused_for_good(url: str) -> None:
    error = refusal(url)
    assert (error.phase, error.permanent) == ("url", True)


def test_one_forbidden_address_condemns_the_whole_answer() -> None:
    target = safe_http.check_url("http://rebind.example/")
    with pytest.raises(FetchError, match=r"private address 10\.0\.0\.1"):
        safe_http.allowed(target, ["8.8.8.8", "10.0.0.1"])


def test_a_closed_port_is_a_passing_fault(settings: Settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        number = closed.getsockname()[1]
        settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{number}"]
        error = refusal(f"http://127.0.0.1:{number}/")
    assert (error.phase, error.permanent) == ("connect", False)


def test_a_name_that_nobody_knows_is_a_fault_of_dns() -> None:
    assert refusal("http://nobody.invalid/").phase == "dns"
