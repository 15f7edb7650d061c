"""The sender of a pager: many pages in flight at once, one thread that reads and writes the rows.

What is slow is only ever the network: a stalled provider keeps its share of the senders and no connection of the
database. A page whose outcome could not be written is written when the database is back.
"""

import logging
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue

from django.db import InterfaceError, OperationalError, connections

from oncall.models import Page
from oncall.selectors import lateness
from oncall.services import pages
from oncall.services.pages import Outcome

SENDERS = 24
Place = tuple[str, str]

logger = logging.getLogger(__name__)


class Dispatcher:
    """Claims no more than it has free senders, so that no claimed page waits while its lease runs."""

    def __init__(self, senders: int = SENDERS) -> None:
        self.senders = senders
        self.wake = threading.Event()
        self.busy: Counter[Place] = Counter()
        self._pool = ThreadPoolExecutor(senders, thread_name_prefix="sender")
        self._done: SimpleQueue[tuple[Page, Outcome]] = SimpleQueue()

    def turn(self) -> int:
        """Sends what is due and writes what came back; says how much of both there was."""
        self.wake.clear()
        return self.claim() + self.finish()

    def claim(self) -> int:
        """Hands as many due pages to the senders as are free."""
        free = self.senders - self.busy.total()
        taken = pages.claim_some(now=lateness.database_now(), limit=free, busy=self.busy) if free > 0 else []
        for page in taken:
            self.busy[page.channel, page.address] += 1
            self._pool.submit(self._deliver, page)
        return len(taken)

    def finish(self) -> int:
        """Writes the outcomes that have come back; one that waits for the database is kept for the next turn."""
        written = 0
        while True:
            try:
                page, outcome = self._done.get_nowait()
            except Empty:
                return written
            try:
                pages.finish(page, outcome, now=lateness.database_now())
            except (OperationalError, InterfaceError):
                self._done.put((page, outcome))
                raise
            except Exception:
                logger.exception("The outcome of page %s cannot be written; its lease ends.", page.public_id)
            self.busy[page.channel, page.address] -= 1
            written += 1

    def stop(self, patience: float) -> None:
        """Takes nothing more, and writes down what is in flight, as long as `patience` seconds."""
        deadline = time.monotonic() + patience
        while self.busy.total() and time.monotonic() < deadline:
            self.wake.wait(0.05)
            self.wake.clear()
            self.finish()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _deliver(self, page: Page) -> None:
        try:
            self._done.put((page, pages.deliver(page)))
            self.wake.set()
        finally:
            connections.close_all()
