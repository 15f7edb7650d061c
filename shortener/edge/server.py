"""An edge, put together: threads that follow, look up, prepare and ship, and the loop that answers."""

import asyncio
import contextlib
import gc
import logging
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

from shortener.domain.replica import DomainFacts
from shortener.edge import facts, lookup, ports
from shortener.edge.admin import Admin, Durations
from shortener.edge.budget import Budget
from shortener.edge.config import ConfigError, Settings
from shortener.edge.follower import Follower, Listener
from shortener.edge.generations import Generations
from shortener.edge.limits import Limits
from shortener.edge.lookup import Questions
from shortener.edge.personal import Personal
from shortener.edge.protocol import Connection
from shortener.edge.recorder import Recorder
from shortener.edge.resolver import Resolver
from shortener.edge.shipper import Shipper
from shortener.edge.traffic import Traffic
from shortener.edge.valkey import Valkey

DRAIN_SECONDS = 2.0
SHIP_SECONDS = 4.0
BACKLOG = 1024
SWITCH_SECONDS = 0.001
"""How long a redirect may wait for a thread that computes (a rebuild, a scrape); Python's own 5 ms are too long."""


COLLECTOR = (5_000, 50, 1_000)
"""Thresholds of Python's collector: what it looks at in one go takes well under a millisecond."""

log = logging.getLogger(__name__)


class Edge:
    """One redirect process."""

    def __init__(self, settings: Settings, loop: asyncio.AbstractEventLoop) -> None:
        self.settings = settings
        self._loop = loop
        self._lock = ports.take(settings.directory)
        self.resolver = Resolver(portal_url=settings.portal_url, link_host=settings.link_host)
        self.recorder = Recorder(settings.directory / "segments")
        self.shipper = Shipper(database_url=settings.database_url, edge=settings.name, recorder=self.recorder)
        self.follower = Follower(
            database_url=settings.database_url,
            generations=Generations(settings.directory / "replica"),
            listener=Listener(
                swap=lambda replica: self._tell(self.resolver.swap, replica),
                changed=lambda keys, domains: self._tell(self._changed, keys, domains),
                doubt=lambda: self._tell(self.resolver.drop_negatives),
                lose=lambda: self._tell(self.resolver.lose),
            ),
        )
        self.resolver.on_broken = self.follower.distrust
        self.lookup = Questions(
            lookup.links_at,
            name="lookup",
            database_url=settings.database_url,
            loop=loop,
            is_available=lambda: self.follower.is_connected,
        )
        self.people = Questions(
            lookup.people_of,
            name="people",
            database_url=settings.database_url,
            loop=loop,
            is_available=lambda: self.follower.is_connected,
        )
        self.limits = Limits(counters=Valkey(settings.redis_url, loop), people=self.people)
        durations = Durations()
        self.traffic = Traffic(
            loop=loop,
            resolver=self.resolver,
            recorder=self.recorder,
            lookup=self.lookup,
            personal=Personal(
                resolver=self.resolver, limits=self.limits, budget=Budget(settings.unknown_links_per_minute)
            ),
            durations=durations.histogram,
            trusted_proxies=settings.trusted_proxies,
        )
        self.admin = Admin(edge=self, port=settings.admin_port, durations=durations)

    def _tell(self, function: Callable[..., object], *arguments: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to be told
            self._loop.call_soon_threadsafe(function, *arguments)

    def _changed(self, keys: Iterable[bytes], domains: list[DomainFacts] | None) -> None:
        self.resolver.changed(keys)
        if domains is not None:
            self.resolver.set_domains(domains)

    async def serve(self) -> None:
        """Serve until SIGTERM or SIGINT, then stop in order: accept no more, answer what came, ship what can be."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, stop.set)
        raise_descriptor_limit()
        sys.setswitchinterval(SWITCH_SECONDS)
        facts.warm()
        self.follower.load()
        self.recorder.start()
        for thread in (self.follower, self.lookup, self.people, self.shipper):
            thread.start()
        self.limits.counters.start()
        self.traffic.tick()
        server = await self._listen()
        self.admin.start()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTOR)
        log.info(
            "listening", extra={"host": self.settings.host, "port": self.settings.port, "edge": self.settings.name}
        )
        await stop.wait()
        server.close()
        await self._stop()

    async def _listen(self) -> asyncio.Server:
        ports.join(self.settings.directory, self.settings.host, self.settings.port)
        try:
            return await self._loop.create_server(
                lambda: Connection(self.traffic),
                self.settings.host,
                self.settings.port,
                reuse_port=True,
                backlog=BACKLOG,
            )
        except OSError as error:
            raise ConfigError(
                f"The link port {self.settings.host}:{self.settings.port} cannot be opened: {error.strerror}."
            ) from error

    async def _stop(self) -> None:
        log.info("stopping")
        self.traffic.close()
        deadline = self._loop.time() + DRAIN_SECONDS
        while self.traffic.connections and self._loop.time() < deadline:
            for connection in [one for one in self.traffic.connections if one.is_idle]:
                connection.close()
            await asyncio.sleep(0.01)
        for connection in list(self.traffic.connections):
            connection.close()
        self.recorder.seal()
        self.lookup.stop()
        self.people.stop()
        self.limits.counters.stop()
        is_shipped = await asyncio.to_thread(self.shipper.finish, SHIP_SECONDS)
        await asyncio.to_thread(self.follower.stop)
        self.recorder.stop()
        self.admin.stop()
        log.info("stopped", extra={"all_clicks_shipped": is_shipped})


def raise_descriptor_limit() -> None:
    """As many open connections as this system allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
