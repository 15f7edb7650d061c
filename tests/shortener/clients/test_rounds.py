import asyncio

from shortener.clients.rounds import Round


async def soon() -> str:
    await asyncio.sleep(0.01)
    return "done"


async def never() -> str:
    await asyncio.sleep(60)
    return "late"


def test_finished_work_comes_back_under_its_name() -> None:
    with Round[str](at_once=2, per_host=2) as running:
        running.start(7, host="a", work=soon)
        assert running.names == {7}
        assert running.wait(5) == [(7, "done")]
        assert running.names == frozenset()


def test_an_empty_round_does_not_wait() -> None:
    with Round[str](at_once=1, per_host=1) as running:
        assert running.wait(60) == []


def test_slow_work_keeps_nothing_else_waiting() -> None:
    with Round[str](at_once=5, per_host=1) as running:
        running.start(1, host="slow", work=never)
        running.start(2, host="quick", work=soon)
        assert running.wait(5) == [(2, "done")]
        assert running.names == {1}


def test_a_host_has_a_cap_of_its_own() -> None:
    with Round[str](at_once=5, per_host=1) as running:
        running.start(1, host="slow", work=never)
        running.start(2, host="slow", work=soon)
        assert running.wait(0.1) == []
