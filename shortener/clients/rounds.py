"""Many requests at once on one event loop, with a cap for all and one for each host."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

Result = TypeVar("Result")


class Round(Generic[Result]):
    """Work in flight. The loop runs only inside `wait`, so that the database may be used between two waits.

    What is still in flight when the round is left is cancelled. Work must answer with a result, whatever happens.
    """

    def __init__(self, *, at_once: int, per_host: int) -> None:
        self._runner = asyncio.Runner()
        self._running: dict[asyncio.Task[Result], int] = {}
        self._all = asyncio.Semaphore(at_once)
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

    @property
    def names(self) -> frozenset[int]:
        """The names of what is in flight."""
        return frozenset(self._running.values())

    def start(self, name: int, *, host: str, work: Callable[[], Awaitable[Result]]) -> None:
        """Puts work in flight under a name; it moves at the next `wait`."""
        self._running[self._runner.get_loop().create_task(self._run(host, work))] = name

    def wait(self, seconds: float) -> list[tuple[int, Result]]:
        """What finished within `seconds`; returns as soon as anything has."""
        if not self._running:
            return []
        done = self._runner.run(self._first(seconds))
        return [(self._running.pop(task), task.result()) for task in done]

    async def _first(self, seconds: float) -> set[asyncio.Task[Result]]:
        waiting = set(self._running)
        done, _ = await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return done

    async def _run(self, host: str, work: Callable[[], Awaitable[Result]]) -> Result:
        async with self._hosts[host], self._all:
            return await work()
