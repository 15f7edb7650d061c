import json
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
from pytest_django import Settings

from portal.lib import health, process


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[HTTPConnection]:
    settings.PORTAL_PROCESS = "pager"
    monkeypatch.setattr(health, "_checks", {})
    server = process.serve_admin(0)
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    yield connection
    connection.close()
    server.shutdown()
    server.server_close()


def get(door: HTTPConnection, path: str) -> tuple[int, bytes]:
    door.request("GET", path)
    response = door.getresponse()
    return response.status, response.read()


def test_it_is_alive(door: HTTPConnection) -> None:
    assert get(door, "/healthz") == (200, b"ok\n")


def test_it_is_ready_when_every_check_is_well(door: HTTPConnection) -> None:
    status, body = get(door, "/readyz")
    assert (status, json.loads(body)) == (200, {"ready": True, "problems": {}})


def test_it_says_why_it_is_not_ready(door: HTTPConnection) -> None:
    health.register("clock", lambda _: "90 s late")
    status, body = get(door, "/readyz")
    assert (status, json.loads(body)["problems"]) == (503, {"clock": "90 s late"})


def test_it_shows_its_numbers(door: HTTPConnection) -> None:
    status, body = get(door, "/metrics")
    assert status == 200
    assert b"portal_process_memory_bytes" in body


def test_it_knows_nothing_else(door: HTTPConnection) -> None:
    assert get(door, "/admin")[0] == 404
