"""Running many probes at once on one event loop, with a cap for all and one for each host."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from slo.clients.kinds import KINDS
from slo.domain.probing import Outcome, Phase, ProbeSpec

AT_ONCE = 200
AT_ONCE_PER_HOST = 20
GRACE = 2.0


class Round:
    """Probes in flight. The loop runs only inside `wait`, so that the database may be used between two waits.

    What is still in flight when the round is left is cancelled.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._running: dict[asyncio.Task[Outcome], ProbeSpec] = {}
        self._all = asyncio.Semaphore(AT_ONCE)
        self._hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE_PER_HOST))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

    @property
    def is_busy(self) -> bool:
        """Whether any probe is still in flight."""
        return bool(self._running)

    def start(self, specs: Iterable[ProbeSpec]) -> None:
        """Puts probes in flight; they move at the next `wait`."""
        loop = self._runner.get_loop()
        for spec in specs:
            self._running[loop.create_task(self._run(spec))] = spec

    def wait(self, seconds: float) -> list[tuple[ProbeSpec, Outcome]]:
        """The probes that finished within `seconds`; returns as soon as all have."""
        if not self._running:
            return []
        done, _ = self._runner.run(_wait(set(self._running), seconds))
        return [(self._running.pop(task), task.result()) for task in done]

    async def _run(self, spec: ProbeSpec) -> Outcome:
        async with self._all, self._hosts[urlsplit(spec.url).netloc]:
            try:
                async with asyncio.timeout(spec.timeout.total_seconds() + GRACE):
                    return await KINDS[spec.kind].run(spec)
            except TimeoutError:
                return Outcome(False, spec.timeout, Phase.WAIT, f"No end within {spec.timeout.total_seconds():g} s.")
            except Exception as error:  # one broken probe must not stop the others
                reason = f"The probe broke: {type(error).__name__}."
                return Outcome(False, timedelta(0), Phase.WAIT, reason, measured=False)


async def _wait(
    tasks: set[asyncio.Task[Outcome]], seconds: float
) -> tuple[set[asyncio.Task[Outcome]], set[asyncio.Task[Outcome]]]:
    return await asyncio.wait(tasks, timeout=seconds)
