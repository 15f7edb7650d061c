"""ICMP probes: a datagram socket stands in for the kernel's ping socket, whose packets are the same."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import uvloop

from slo.clients.kinds import KINDS, icmp

ICMP = KINDS["icmp"]


@pytest.fixture
def responder() -> Iterator[tuple[str, int]]:
    """Replies to each request but the second."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    threading.Thread(target=_reply, args=[server], daemon=True).start()
    yield server.getsockname()
    server.close()


def _reply(server: socket.socket) -> None:
    numbers: set[int] = set()
    while len(numbers) < 3:
        packet, sender = server.recvfrom(2048)
        *_, number = icmp.HEADER.unpack(packet[: icmp.HEADER.size])
        numbers.add(number)
        reply = icmp.HEADER.pack(icmp.REPLY[socket.AF_INET], 0, 0, 0, number)
        server.sendto(reply if number != 2 else b"noise", sender)


async def _echoes(address: tuple[str, int]) -> list[bool]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as pinger:
        pinger.setblocking(False)
        times = [await icmp.echo(pinger, address, socket.AF_INET, number, 0.1) for number in (1, 2, 3)]
    return [spent is not None for spent in times]


def test_replies_are_told_from_noise(responder: tuple[str, int]) -> None:
    assert uvloop.run(_echoes(responder)) == [True, False, True]


def _forbidden(*_: object) -> None:
    raise PermissionError


def test_without_permission_nothing_is_measured(run: Any, settings: Any, monkeypatch: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = ["127.0.0.1:0"]
    monkeypatch.setattr(icmp, "opened", _forbidden)
    outcome = run("icmp", "127.0.0.1")
    assert (outcome.ok, outcome.measured, outcome.reason) == (False, False, icmp.NOT_PERMITTED)


def test_without_permission_none_is_made(monkeypatch: Any) -> None:
    monkeypatch.setattr(icmp, "opened", _forbidden)
    with pytest.raises(ValueError, match="does not permit ping sockets"):
        ICMP.check_target("example.com")


@pytest.mark.parametrize(
    ("limit", "reason"), [(None, ""), (timedelta(milliseconds=10), "The answer took 20 ms, the limit is 10 ms.")]
)
def test_the_mean_of_what_came_back_counts(
    run: Any, settings: Any, monkeypatch: Any, limit: timedelta | None, reason: str
) -> None:
    async def back(*_: object) -> float | None:
        return times.pop()

    times = [0.03, None, 0.01]
    settings.PORTAL_PRIVATE_TARGETS = ["127.0.0.1:0"]
    monkeypatch.setattr(icmp, "opened", lambda _: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    monkeypatch.setattr(icmp, "echo", back)
    outcome = run("icmp", "127.0.0.1", losses=1, fields={"latency_limit": limit})
    assert (outcome.reason, outcome.latency) == (reason, timedelta(milliseconds=20))


def test_lost_requests_fail_while_waiting(run: Any, settings: Any, monkeypatch: Any) -> None:
    async def lost(*_: object) -> float | None:
        return None

    settings.PORTAL_PRIVATE_TARGETS = ["127.0.0.1:0"]
    monkeypatch.setattr(icmp, "opened", lambda _: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    monkeypatch.setattr(icmp, "echo", lost)
    outcome = run("icmp", "127.0.0.1", packets=2)
    assert (outcome.ok, outcome.phase, outcome.reason) == (False, "wait", "2 of 2 requests were lost.")


def test_a_private_host_is_not_asked(run: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    assert "private address" in run("icmp", "127.0.0.1").reason


def test_a_target_is_a_host() -> None:
    with pytest.raises(ValueError, match="Give a host"):
        ICMP.check_target("no host")
