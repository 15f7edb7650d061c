"""Takes alerts by mail: an SMTP server of its own, behind PORTAL_MAIL_PORT."""

import logging
import signal
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oncall.management.mail_door import MOST_BYTES, MailDoor
from portal.lib import process

IDLE_SECONDS = 60
RELOAD_SECONDS = 3600

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
        tls = tls_context()
        with listening(settings.PORTAL_MAIL_LISTEN, settings.PORTAL_MAIL_PORT, tls):
            logger.info("Alerts are taken by mail on %s:%s.", settings.PORTAL_MAIL_LISTEN, settings.PORTAL_MAIL_PORT)
            while not stop.wait(RELOAD_SECONDS):
                renew(tls)


class Server(SMTP):
    """Takes lines of any length: whoever sends without a mail server between breaks none."""

    line_length_limit = MOST_BYTES


class Listener(Controller):
    """Makes a server for each connection."""

    def factory(self) -> SMTP:
        """One of ours."""
        return Server(self.handler, **self.SMTP_kwargs)


def tls_context() -> ssl.SSLContext | None:
    """What STARTTLS answers with, None without a certificate; CommandError where it cannot be read."""
    if not settings.PORTAL_MAIL_TLS_CERTIFICATE:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        _load(context)
    except (OSError, ValueError) as error:
        raise CommandError(f"PORTAL_MAIL_TLS_CERTIFICATE or PORTAL_MAIL_TLS_KEY cannot be used: {error}") from error
    return context


def renew(context: ssl.SSLContext | None) -> None:
    """Reads the certificate again, for it may have been renewed; one that cannot be read leaves the old one."""
    if context is None:
        return
    try:
        _load(context)
    except (OSError, ValueError):
        logger.exception("The certificate of the mail listener cannot be read again.")


def _load(context: ssl.SSLContext) -> None:
    context.load_cert_chain(settings.PORTAL_MAIL_TLS_CERTIFICATE, settings.PORTAL_MAIL_TLS_KEY or None)


@contextmanager
def listening(host: str, port: int, tls: ssl.SSLContext | None = None) -> Iterator[Controller]:
    """The server, in a thread of its own. Its library would log each address, and an address is a key."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller = Listener(
        MailDoor(),
        hostname=host,
        port=port,
        data_size_limit=MOST_BYTES,
        enable_SMTPUTF8=True,
        timeout=IDLE_SECONDS,
        ident="SRE portal",
        server_hostname=settings.PORTAL_MAIL_HOST,
        tls_context=tls,
    )
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()
