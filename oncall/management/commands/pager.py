"""The pager: finds due escalations and pages in the database and sends them. It needs nothing but the database."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, connection, connections

from oncall.selectors import lateness
from oncall.services import deadman, escalations, pages, rounds, settling, taking, watch
from oncall.services.dispatch import Dispatcher
from portal.lib import process

TICK = 0.2
SEND = 0.25
TAKE = 0.2
TURNS = 10
WATCH = 10.0
AFTER_AN_ERROR = 2.0
SETTLE = 1.0
STRIDE = 5
PATIENCE = 15.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the pager until SIGTERM. Two or more may run at once."
    requires_system_checks = ()  # routes and templates that are broken must not stop pages

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            take()
            settle()
            escalate()
            send()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if settings.PORTAL_PROCESS_PORT:
            process.serve_admin(settings.PORTAL_PROCESS_PORT, settings.PORTAL_PROCESS_HOST)
        run(stop)
        logger.info("The pager has stopped.")


def run(stop: threading.Event) -> None:
    """Runs all loops until `stop`; a page that is being sent is finished first."""
    watcher, dispatcher = Watcher(), Dispatcher()
    loops = [(take, TAKE), (settle, SETTLE), (watcher.look, WATCH), (sign_of_life, WATCH), (ask_again, WATCH)]
    threads = [threading.Thread(target=repeat, args=(stop, work, pause), daemon=True) for work, pause in loops]
    threads.append(threading.Thread(target=dispatch, args=(stop, dispatcher), daemon=True))
    for thread in threads:
        thread.start()
    repeat(stop, lambda: escalate(dispatcher), TICK)
    for thread in threads:
        thread.join(timeout=PATIENCE)


def dispatch(stop: threading.Event, dispatcher: Dispatcher) -> None:
    """Sends as soon as there is something, and looks every quarter of a second anyway."""

    def turn() -> None:
        if not dispatcher.turn():
            dispatcher.wake.wait(SEND)

    repeat(stop, turn, 0.0)
    dispatcher.stop(PATIENCE)
    connections.close_all()


def repeat(stop: threading.Event, work: Callable[[], None], pause: float) -> None:
    """Does `work` again and again; nothing that it raises ends the loop, and a lost database is waited for."""
    while not stop.is_set():
        wait = pause
        try:
            work()
        except Error as error:
            logger.warning("The database did not answer (%s); trying again.", type(error).__name__)
            connection.close()
            wait = AFTER_AN_ERROR
        except Exception:
            logger.exception("The pager's loop broke; it goes on.")
            wait = AFTER_AN_ERROR
        stop.wait(wait)
    connections.close_all()


def take() -> None:
    """Acts on what senders said, so much of it that a stop need not wait for the end of a storm."""
    for _ in range(TURNS):
        if not taking.take_due(now=lateness.database_now()):
            return


def settle() -> None:
    """Lets alerts go, wakes, holds and resolves them where their rows say so."""
    settling.settle_due(now=lateness.database_now())


def escalate(dispatcher: Dispatcher | None = None) -> None:
    """One tick of the escalations, on the database's clock; the sender is woken while it goes on."""
    while escalations.tick(now=lateness.database_now(), limit=STRIDE):
        if dispatcher is not None:
            dispatcher.wake.set()


def ask_again() -> None:
    """Lets alerts that reached nobody begin from the top."""
    rounds.ask_again_due(now=lateness.database_now())


def sign_of_life() -> None:
    """Lets somebody else know that paging works, once a minute."""
    deadman.ping_due(now=lateness.database_now())


def send() -> None:
    """Sends until nothing is due."""
    while pages.send_due(now=lateness.database_now(), limit=1):
        continue


class Watcher:
    """Gives this process's sign of life and looks whether pages are late."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.started_at: datetime | None = None

    def look(self) -> None:
        now = lateness.database_now()
        self.started_at = self.started_at or now
        watch.beat(name=self.name, started_at=self.started_at, now=now)
        watch.tell_operator_due(now=now)
