"""What connections share, without a loop that runs."""

import asyncio
from pathlib import Path
from typing import cast

from shortener.edge.admin import Durations
from shortener.edge.budget import Budget
from shortener.edge.limits import Limits
from shortener.edge.lookup import Questions, links_at, people_of
from shortener.edge.personal import Personal
from shortener.edge.recorder import Recorder
from shortener.edge.resolver import Resolver
from shortener.edge.traffic import Traffic
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


def traffic_of(clock: Clock, directory: Path) -> Traffic:
    """Traffic without PostgreSQL, Valkey, replica and segments."""
    loop = cast("asyncio.AbstractEventLoop", clock)
    resolver = Resolver(portal_url="", link_host="")
    people = Questions(people_of, name="people", database_url="", loop=loop, is_available=lambda: False)
    return Traffic(
        loop=loop,
        resolver=resolver,
        recorder=Recorder(directory),
        lookup=Questions(links_at, name="lookup", database_url="", loop=loop, is_available=lambda: False),
        personal=Personal(resolver=resolver, limits=Limits(counters=Valkey("", loop), people=people), budget=Budget()),
        durations=Durations().histogram,
    )
