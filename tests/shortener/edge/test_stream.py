"""Clients that are slow, silent, deaf, or more than there is room for."""

import asyncio
from pathlib import Path
from typing import cast

import pytest

from shortener.edge import traffic as shared
from shortener.edge.protocol import Connection
from shortener.edge.stream import HEAD_SECONDS, WRITE_SECONDS
from shortener.edge.traffic import IDLE_SECONDS, Traffic
from tests.shortener.edge.alone import Clock, traffic_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def traffic(clock: Clock, tmp_path: Path) -> Traffic:
    return traffic_of(clock, tmp_path)


class Wire:
    """The transport of a client that never reads."""

    def __init__(self) -> None:
        self.written = b""
        self.ends: list[str] = []

    def get_extra_info(self, _: str) -> tuple[str, int]:
        return ("192.0.2.1", 5)

    def write(self, data: bytes) -> None:
        self.written += data

    def close(self) -> None:
        self.ends.append("closed")

    def abort(self) -> None:
        self.ends.append("aborted")

    def is_closing(self) -> bool:
        return bool(self.ends)


@pytest.fixture
def wire(traffic: Traffic) -> Wire:
    return Wire()


@pytest.fixture
def client(traffic: Traffic, wire: Wire) -> Connection:
    one = Connection(traffic)
    one.connection_made(cast("asyncio.Transport", wire))
    return one


def test_an_idle_client_is_closed_without_a_word(
    traffic: Traffic, clock: Clock, client: Connection, wire: Wire
) -> None:
    clock.now += IDLE_SECONDS + 1
    traffic.tick()
    assert (wire.ends, wire.written, traffic.timeouts) == (["closed"], b"", 1)


def test_a_drip_of_bytes_does_not_extend_a_slow_request(
    traffic: Traffic, clock: Clock, client: Connection, wire: Wire
) -> None:
    for _ in range(int(HEAD_SECONDS) + 1):
        client.data_received(b"G")
        clock.now += 1.01
        traffic.tick()
    assert wire.ends == ["closed"]
    assert wire.written.startswith(b"HTTP/1.1 408 ")


def test_a_client_that_does_not_read_is_cut_off(traffic: Traffic, clock: Clock, client: Connection, wire: Wire) -> None:
    client.pause_writing()
    clock.now += WRITE_SECONDS + 1
    traffic.tick()
    assert wire.ends == ["aborted"]


def test_nothing_is_answered_while_the_client_does_not_read(client: Connection, wire: Wire) -> None:
    client.pause_writing()
    client.data_received(b"BAD\r\n\r\n")
    assert wire.written == b""
    client.resume_writing()
    assert wire.written.startswith(b"HTTP/1.1 400 ")


def test_one_client_too_many_is_told_so(traffic: Traffic, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "MOST_CONNECTIONS", 0)
    Connection(traffic).connection_made(cast("asyncio.Transport", wire))
    assert wire.written.startswith(b"HTTP/1.1 503 ")
