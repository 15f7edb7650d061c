"""Much waiting work at once on one event loop of its own, with a cap for all and one for each host."""

import asyncio
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

import uvloop

Name = TypeVar("Name", bound=Hashable)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Work(Generic[Name, Result]):
    """Something to be awaited under a name; `host` is what the smaller cap counts by."""

    name: Name
    host: str
    run: Callable[[], Awaitable[Result]]


class Round(Generic[Name, Result]):
    """Work in flight on a thread of its own, so that a database call in between neither stops nor falsifies it.

    What is still in flight when the round is left is cancelled. Work must answer with a result, whatever happens.
    """

    def __init__(self, *, at_once: int, per_host: int) -> None:
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="round", daemon=True)
        self._names: set[Name] = set()
        self._finished: queue.SimpleQueue[tuple[Name, Result | BaseException]] = queue.SimpleQueue()
        self._all = asyncio.Semaphore(at_once)
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(per_host))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(_cancel_all(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def names(self) -> frozenset[Name]:
        """The names of what is in flight."""
        return frozenset(self._names)

    @property
    def is_busy(self) -> bool:
        """Whether anything is in flight."""
        return bool(self._names)

    def start(self, works: Iterable[Work[Name, Result]]) -> None:
        """Puts work in flight; it moves at once."""
        todo = list(works)
        self._names.update(work.name for work in todo)
        self._loop.call_soon_threadsafe(self._begin, todo)

    def wait(self, seconds: float, *, enough: int = 1) -> list[tuple[Name, Result]]:
        """What finished, as soon as `enough` or all have, or `seconds` are over. What work raised is raised here."""
        found: list[tuple[Name, Result]] = []
        end = time.monotonic() + seconds
        while self._names and len(found) < enough:
            try:
                name, result = self._finished.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                break
            self._take(name, result, found)
        while not self._finished.empty():
            self._take(*self._finished.get(), found)
        return found

    def _take(self, name: Name, result: Result | BaseException, found: list[tuple[Name, Result]]) -> None:
        self._names.discard(name)
        if isinstance(result, BaseException):
            raise result
        found.append((name, result))

    def _begin(self, works: list[Work[Name, Result]]) -> None:
        for work in works:
            self._loop.create_task(self._run(work))

    async def _run(self, work: Work[Name, Result]) -> None:
        async with self._hosts[work.host], self._all:
            try:
                self._finished.put((work.name, await work.run()))
            except Exception as error:
                self._finished.put((work.name, error))


async def _cancel_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
