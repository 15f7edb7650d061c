"""What the client makes of servers that misbehave; a real one answers in tests/slo/services/test_prometheus.py."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from slo.clients.prometheus import Access, PrometheusError, Request, read, version
from slo.domain.prometheus import Ask

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ODD = {"__name__": "g"}


def success(result: Any, **more: Any) -> str:
    return json.dumps({"status": "success", "data": {"result": result}, **more})


SPECIAL = [[1772625600.781, "1.5e3"], [1772625615, "NaN"], [1772625630, "+Inf"], [1772625645, "1e300"]]
ANSWERS: dict[str, tuple[int, str]] = {
    "html": (200, "<html>"),
    "list": (200, "[]"),
    "deep": (200, "[" * 100_000),
    "odd": (200, '{"status": "success", "data": {"result": [{"values": 7}]}}'),
    "partial": (200, success([], warnings=["store gateway away"])),
    "denied": (401, "no"),
    "lost": (404, "not here"),
    "busy": (503, '{"status": "error", "error": "query timed out"}'),
    "bad": (400, '{"status": "error", "error": "parse error"}'),
    "large": (200, " " * 8_000_001),
    "moved": (302, ""),
    "special": (200, success([{"metric": ODD, "values": SPECIAL}])),
}


class Handler(BaseHTTPRequestHandler):
    """The first part of the path says how it answers; all requests are kept."""

    seen: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers.get("Authorization", "")))
        status, body = ANSWERS[self.path.split("/")[1]]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    Handler.seen = []
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{found.server_port}"]
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()


def request(url: str, *, raw: bool = True, **access: Any) -> Request:
    return Request(Access(url, timedelta(seconds=5), **access), {"total": Ask("r", raw)}, NOON - HOUR, NOON)


@pytest.mark.parametrize(
    ("path", "words", "down", "permanent"),
    [
        ("html", "answered 200 without JSON", True, False),
        ("deep", "answered 200 without JSON", True, False),
        ("list", "not the shape", False, True),
        ("odd", "not the shape", False, True),
        ("partial", "partial: store gateway away", False, False),
        ("denied", "refused the sign-in", True, False),
        ("lost", "no Prometheus API", True, False),
        ("busy", "answered 503: query timed out", False, False),
        ("bad", "answered 400: parse error", False, True),
        ("large", "larger than 8 MB", False, True),
        ("moved", "answered 302", True, False),
    ],
)
def test_what_is_no_answer_has_its_reason(server: str, path: str, words: str, down: bool, permanent: bool) -> None:
    found = read([request(f"{server}/{path}")])[0]
    assert isinstance(found, PrometheusError)
    assert (words in found.reason, found.is_down, found.permanent) == (True, down, permanent)


def test_a_private_address_is_refused(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    found = read([request("http://127.0.0.1:9")])[0]
    assert isinstance(found, PrometheusError)
    assert "private address" in found.reason


def test_a_server_that_is_down_is_asked_no_more(server: str) -> None:
    found = read([request(f"{server}/lost")] * 12)
    assert all(isinstance(one, PrometheusError) for one in found)
    assert len(Handler.seen) <= 4


@pytest.mark.parametrize("raw", [True, False], ids=["raw", "range"])
def test_what_is_no_number_is_no_value(server: str, raw: bool) -> None:
    found = read([request(f"{server}/special", raw=raw)])[0]
    assert isinstance(found, dict)
    points = found["total"][0].points
    assert list(points) == [(NOON + timedelta(milliseconds=781), 1500)]


def test_the_sign_in_is_sent(server: str) -> None:
    read([request(f"{server}/special", headers={"Authorization": "Bearer s3cret"})])
    assert Handler.seen[0][1] == "Bearer s3cret"
    assert "s3cret" not in repr(request(server, headers={"Authorization": "Bearer s3cret"}))


def test_one_request_asks_for_the_whole_span_and_what_lies_before_it(server: str) -> None:
    read([request(f"{server}/special")])
    assert [path for path, _ in Handler.seen] == ["/special/api/v1/query?query=r%5B3900s%5D&time=1772625600"]


def test_a_range_is_one_request_of_a_value_a_minute(server: str) -> None:
    read([request(f"{server}/special", raw=False)])
    assert [path for path, _ in Handler.seen] == [
        "/special/api/v1/query_range?query=r&start=1772622060&end=1772625600&step=60"
    ]


def test_a_server_need_not_tell_its_version(server: str) -> None:
    assert version(Access(f"{server}/special", timedelta(seconds=5))) == ""


def test_nothing_is_asked_for_nothing() -> None:
    assert read([]) == []
