"""The stage of the outage story: a target that can break, a clock that is moved, and the ticks that it drives."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db import connection
from pytest_django import Settings

from incidents.services import sweeps
from oncall.services import escalations, pages
from shortener.domain import segments
from shortener.domain.segments import ClickRecord
from shortener.services import clicks
from slo.services import collection, probing, rollups, statuses

START = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
STEP = timedelta(seconds=30)
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


class Target(ThreadingHTTPServer):
    """A customer-facing page: answers 200 while it is well and 500 while it is broken."""

    is_broken = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    """Answers as its server feels."""

    server: Target

    def do_GET(self) -> None:
        self.send_response(500 if self.server.is_broken else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Keeps quiet."""


@dataclass
class World:
    """Where the story stands. `pass_time` moves the clock and lets every process do what it would have done."""

    target: Target
    now: datetime = START
    shipped: int = 0
    broken_at: datetime | None = field(default=None)

    def pass_time(self, length: timedelta) -> datetime:
        """Moves the clock by `length` in steps of 30 s: probes, counts, statuses, pager and sweeps run at each step."""
        end = self.now + length
        while self.now < end:
            self.now += STEP
            probing.run_due(clock=lambda: self.now)
            collection.collect_due(now=self.now)
            rollups.roll_up_due(now=self.now)
            statuses.refresh_due(now=self.now)
            escalations.tick(now=self.now)
            pages.send_due(now=self.now)
            sweeps.collect_timelines_due(now=self.now)
        return self.now

    def ship(self, records: Sequence[ClickRecord]) -> None:
        """Delivers click records as an edge's shipper does: one run, unique by edge, number and offset."""
        self.shipped += 1
        body = b"".join(map(segments.encode, records))
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO shortener_segment (edge, number, "offset", body, received_at) VALUES (%s, %s, %s, %s, %s)',
                ["edge-1", self.shipped, segments.HEADER_BYTES, body, self.now],
            )

    def drain(self) -> int:
        """Lets the worker drain what was shipped, and says how many clicks it found."""
        return clicks.drain(now=self.now).clicks

    def click(self, link_id: int, *, second: int, good: bool = True) -> ClickRecord:
        """One person's click, `second` seconds from now."""
        return ClickRecord(
            at_us=int((self.now.timestamp() + second) * 1_000_000),
            link_id=link_id,
            status=302,
            good=good,
            host="localhost:8001",
            slug="sale",
            user_agent=AGENT,
            address=f"198.51.100.{second % 200}",
        )


@contextmanager
def world(settings: Settings) -> Iterator[World]:
    """A world whose target listens on loopback and may be probed."""
    target = Target()
    settings.PORTAL_PRIVATE_TARGETS = [target.address]
    thread = threading.Thread(target=target.serve_forever, daemon=True)
    thread.start()
    try:
        yield World(target)
    finally:
        target.shutdown()
        target.server_close()
        thread.join()
