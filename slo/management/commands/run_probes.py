"""Runs the probes of one location without Celery: it needs the database and the secret key, and nothing else."""

import logging
import signal
import threading
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

from portal.lib import process
from slo.domain import locations
from slo.selectors.clocks import database_clock
from slo.services import probing

IDLE = 0.5
AFTER_AN_ERROR = 2.0
CLAIMING = timedelta(minutes=10)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the probes of a location until SIGTERM. Several may run for the same location."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--location", default=settings.PORTAL_LOCATION, help="whose probes to run, such as vienna")
        parser.add_argument("--once", action="store_true", help="run what is due now and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        location = options["location"]
        if not locations.is_name(location):
            raise CommandError("A location is named by up to 40 small letters, digits and dashes.")
        stop = threading.Event()
        if options["once"]:
            run(location, stop)
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if settings.PORTAL_PROCESS_PORT:
            process.serve_admin(settings.PORTAL_PROCESS_PORT, settings.PORTAL_PROCESS_HOST)
        while not stop.is_set():
            stop.wait(run(location, stop))
        logger.info("The probes of %s have stopped.", location)


def run(location: str, stop: threading.Event) -> float:
    """Runs what is due and returns how long to rest; a lost database is waited for, and no mistake ends the loop."""
    try:
        probing.run_due(
            clock=database_clock(),
            location=location,
            at_once=settings.PORTAL_PROBE_ROUNDS,
            claiming=CLAIMING,
            goes_on=lambda: not stop.is_set(),
        )
    except Error as error:
        logger.warning("The database did not answer (%s); trying again.", type(error).__name__)
    except Exception:
        logger.exception("A round of probes broke; the next one begins anew.")
    else:
        return IDLE
    connection.close()
    return AFTER_AN_ERROR
