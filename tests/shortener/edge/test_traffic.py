"""What connections share: clocks, room, and the eviction of the slow."""

import asyncio
from pathlib import Path
from typing import cast

import pytest
import time_machine

from shortener.edge import traffic as shared
from shortener.edge.admin import Durations
from shortener.edge.budget import Budget
from shortener.edge.limits import Limits
from shortener.edge.lookup import Questions, links_at, people_of
from shortener.edge.personal import Personal
from shortener.edge.protocol import HEAD_SECONDS, WRITE_SECONDS, Connection, client_of
from shortener.edge.recorder import Recorder
from shortener.edge.resolver import Resolver
from shortener.edge.traffic import GOOD_SECONDS, IDLE_SECONDS, TICK_SECONDS, Traffic
from shortener.edge.valkey import Valkey


class Clock:
    """An event loop of which only the clock runs."""

    def __init__(self) -> None:
        self.now = 100.0
        self.later: list[float] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, *_: object) -> None:
        self.later.append(delay)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def traffic(clock: Clock, tmp_path: Path) -> Traffic:
    loop = cast("asyncio.AbstractEventLoop", clock)
    resolver = Resolver(portal_url="", link_host="")
    people = Questions(people_of, name="people", database_url="", loop=loop, is_available=lambda: False)
    return Traffic(
        loop=loop,
        resolver=resolver,
        recorder=Recorder(tmp_path),
        lookup=Questions(links_at, name="lookup", database_url="", loop=loop, is_available=lambda: False),
        personal=Personal(resolver=resolver, limits=Limits(counters=Valkey("", loop), people=people), budget=Budget()),
        durations=Durations().histogram,
    )


class Expiring(Connection):
    """A connection that notes its expiry."""

    is_expired = False

    def expire(self) -> None:
        self.is_expired = True


def connection(traffic: Traffic, deadline: float) -> Expiring:
    one = Expiring(traffic)
    one.deadline = deadline
    traffic.admit(one)
    return one


def test_a_tick_keeps_the_clock_and_asks_for_the_next(traffic: Traffic, clock: Clock) -> None:
    clock.now += TICK_SECONDS
    traffic.tick()
    assert (traffic.clock, clock.later) == (clock.now, [TICK_SECONDS])


@pytest.mark.parametrize(("pause", "is_late"), [(TICK_SECONDS, False), (TICK_SECONDS + GOOD_SECONDS + 0.01, True)])
def test_a_loop_that_stood_still_is_noticed(traffic: Traffic, clock: Clock, pause: float, is_late: bool) -> None:
    clock.now += pause
    traffic.tick()
    assert traffic.is_late is is_late


def test_the_date_is_that_of_the_second(traffic: Traffic) -> None:
    with time_machine.travel("2026-03-04T12:00:00Z", tick=False):
        traffic.tick()
    assert traffic.date == b"Date: Wed, 04 Mar 2026 12:00:00 GMT\r\n"


def test_connections_past_their_deadline_expire(traffic: Traffic, clock: Clock) -> None:
    slow, other = connection(traffic, clock.now + 0.5), connection(traffic, clock.now + 60)
    clock.now += 1
    traffic.tick()
    assert (slow.is_expired, other.is_expired) == (True, False)


def test_there_is_room_for_so_many_connections(traffic: Traffic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "MOST_CONNECTIONS", 1)
    assert traffic.admit(Connection(traffic))
    assert not traffic.admit(Connection(traffic))


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


@pytest.mark.parametrize(
    ("forwarded", "hops", "address"),
    [
        (b"192.0.2.1", 1, b"192.0.2.1"),
        (b"203.0.113.9, 192.0.2.1", 1, b"192.0.2.1"),
        (b"203.0.113.9, 192.0.2.1 , 10.0.0.1", 2, b"192.0.2.1"),
        (b"192.0.2.1", 2, b""),
        (b"", 1, b""),
    ],
)
def test_an_address_is_believed_only_from_trusted_hops(forwarded: bytes, hops: int, address: bytes) -> None:
    assert client_of({b"X-Forwarded-For": forwarded}, hops) == address
