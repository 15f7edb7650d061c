"""The fault campaign of paging: pagers are killed at the worst moments, servers taken away, and every page is checked.

Alerts are raised all the while, some are acknowledged. In the end each alert that nobody acknowledged must have been
told to everybody whom its steps name, as a receiver in another process saw it; an acknowledged one must have been left
alone but for what was in flight; and whatever came twice must have come with the same id.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from loadtest.page_books import UNSETTLED
from loadtest.page_faults import TIME_PASSES
from loadtest.page_world import PAGERS, World, persist


def campaign(world: World, done: Mapping[str, Callable[[], object]], *, kills: int, longest_gap: float) -> Counter[str]:
    """Does faults at moments that chance decides until so many processes were killed, each kind as often as others.

    Behind a fault that kills nothing a pager is killed.
    """
    counted: Counter[str] = Counter()
    while world.kills.total() < kills:
        names = sorted(done)
        world.chance.shuffle(names)
        for name in names:
            world.fault = name
            world.raise_alert()
            time.sleep(world.chance.uniform(0.0, longest_gap))
            persist(lambda: world.execute(TIME_PASSES))
            before = world.kills.total()
            done[name]()
            counted[name] += 1
            if world.kills.total() == before:
                world.kill(world.chance.choice(PAGERS))
    return counted


def settle(world: World, ask: Callable[[str], list[tuple[Any, ...]]], seconds: float) -> None:
    """Lets time pass until nobody is left to ask and nothing waits."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        persist(lambda: world.execute(TIME_PASSES))
        time.sleep(0.5)
        if ask(UNSETTLED)[0][0] == 0:
            return
