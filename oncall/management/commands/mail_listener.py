"""Takes alerts by mail: an SMTP server of its own, behind PORTAL_MAIL_PORT."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oncall.management.mail_door import MOST_BYTES, MailDoor
from portal.lib import process

IDLE_SECONDS = 60

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Takes alerts by mail to <key>@<any domain> until SIGTERM."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_MAIL_PORT:
            raise CommandError("PORTAL_MAIL_PORT is not set: no alerts are taken by mail.")
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if settings.PORTAL_PROCESS_PORT:
            process.serve_admin(settings.PORTAL_PROCESS_PORT, settings.PORTAL_PROCESS_HOST)
        with listening(settings.PORTAL_MAIL_LISTEN, settings.PORTAL_MAIL_PORT):
            logger.info("Alerts are taken by mail on %s:%s.", settings.PORTAL_MAIL_LISTEN, settings.PORTAL_MAIL_PORT)
            stop.wait()


@contextmanager
def listening(host: str, port: int) -> Iterator[Controller]:
    """The server, in a thread of its own."""
    controller = Controller(
        MailDoor(),
        hostname=host,
        port=port,
        data_size_limit=MOST_BYTES,
        enable_SMTPUTF8=True,
        timeout=IDLE_SECONDS,
        ident="SRE portal",
        server_hostname=settings.PORTAL_MAIL_HOST,
    )
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()
