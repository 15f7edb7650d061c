"""What connections share: clocks, room, and the eviction of the slow."""

from pathlib import Path

import pytest
import time_machine

from shortener.edge import traffic as shared
from shortener.edge.protocol import Connection
from shortener.edge.traffic import GOOD_SECONDS, TICK_SECONDS, Traffic
from tests.shortener.edge.alone import Clock, traffic_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def traffic(clock: Clock, tmp_path: Path) -> Traffic:
    return traffic_of(clock, tmp_path)


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


def test_the_hot_path_is_closed_while_answers_are_late_or_the_last(traffic: Traffic, clock: Clock) -> None:
    usual = traffic.known
    clock.now += TICK_SECONDS + GOOD_SECONDS + 0.01
    traffic.tick()
    assert traffic.known is not usual
    traffic.tick()
    assert traffic.known is usual
    traffic.close()
    traffic.tick()
    assert (traffic.is_closing, traffic.known) == (True, {})
