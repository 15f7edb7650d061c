"""Much waiting work at once."""

import asyncio
from typing import Any

import pytest

from portal.lib.rounds import Round, Work


async def soon() -> str:
    await asyncio.sleep(0.01)
    return "done"


async def never() -> str:
    await asyncio.sleep(60)
    return "late"


async def broken() -> str:
    raise LookupError


def work(name: int, run: Any = soon, host: str = "a") -> Work[int, str]:
    return Work(name, host, run)


def test_finished_work_comes_back_under_its_name() -> None:
    with Round[int, str](at_once=2, per_host=2) as running:
        running.start([work(7)])
        assert (set(running.names), running.is_busy) == ({7}, True)
        assert running.wait(5) == [(7, "done")]
        assert not running.is_busy


def test_an_empty_round_does_not_wait() -> None:
    with Round[int, str](at_once=1, per_host=1) as running:
        assert running.wait(60) == []


def test_slow_work_keeps_nothing_else_waiting() -> None:
    with Round[int, str](at_once=5, per_host=1) as running:
        running.start([work(1, never, "slow"), work(2, soon, "quick")])
        assert running.wait(5) == [(2, "done")]
        assert running.names == {1}


def test_a_full_host_keeps_no_place_of_the_others() -> None:
    with Round[int, str](at_once=2, per_host=1) as running:
        running.start([work(1, never, "slow"), work(2, never, "slow"), work(3, soon, "quick")])
        assert running.wait(5) == [(3, "done")]


def test_there_is_a_cap_for_all() -> None:
    with Round[int, str](at_once=1, per_host=5) as running:
        running.start([work(1, never), work(2, soon, "b")])
        assert running.wait(0.1) == []


def test_several_are_waited_for_together() -> None:
    with Round[int, str](at_once=5, per_host=5) as running:
        running.start(work(n) for n in range(5))
        assert len(running.wait(5, enough=5)) == 5


def test_what_work_raised_is_raised() -> None:
    with Round[int, str](at_once=5, per_host=5) as running:
        running.start([work(1, broken)])
        with pytest.raises(LookupError):
            running.wait(5)


def test_what_is_in_flight_when_it_is_left_is_cancelled() -> None:
    ended: list[str] = []

    async def wait() -> str:
        try:
            return await never()
        finally:
            ended.append("cancelled")

    with Round[int, str](at_once=5, per_host=5) as running:
        running.start([work(1, wait)])
        running.wait(0.05)
    assert ended == ["cancelled"]
