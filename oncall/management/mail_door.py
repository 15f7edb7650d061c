"""The door for mails: says yes to a mail only when what it says is stored."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import Error, close_old_connections
from django.utils import timezone

from oncall.exceptions import KeyUnknown, NotSigned, SenderTooFast
from oncall.selectors import keys
from oncall.services import intake
from portal.accounts.domain import secrets

MOST_BYTES = 1_000_000
MOST_KEYS = 10
THREADS = 4
TAKEN = "250 2.0.0 Taken"
UNKNOWN = "550 5.1.1 There is no such address"
MANY = "452 4.5.3 Too many addresses at once"
UNSIGNED = "550 5.7.1 This address takes only signed posts"
LATER = "451 4.3.0 Could not be stored, send it again"
TOO_FAST = "451 4.7.1 Too many mails, send it again later"

logger = logging.getLogger(__name__)


class MailDoor:
    """What the SMTP server asks: whether an address exists, and whether a mail was taken."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="mail")

    async def handle_RCPT(  # noqa: N802 - the server's own names and arguments
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        """Whether the part before the @ is a key; its case does not matter."""
        if len(envelope.rcpt_tos) >= MOST_KEYS:
            return MANY
        answer = await self._ask(lambda: _look(key_of(address)))
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        """Stores the mail for each of its keys; what could not be stored is asked for again, and a repeat joins."""
        raw = bytes(envelope.content or b"")
        found = list(dict.fromkeys(key_of(address) for address in envelope.rcpt_tos))
        answers = [await self._ask(lambda key=key: _take(key, raw)) for key in found]  # type: ignore[misc]
        return next((answer for answer in answers if answer != TAKEN), TAKEN)

    async def handle_EHLO(  # noqa: N802 - as above
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """What the server can do; nobody signs in here, the address is the permission."""
        session.host_name = hostname
        return [one for one in responses if not one.startswith("250-AUTH")]

    async def handle_exception(self, error: Exception) -> str:
        """Whatever breaks, the sender keeps the mail and comes again."""
        logger.error("A session of mail broke.", exc_info=error)
        return LATER

    async def _ask(self, work: Callable[[], str]) -> str:
        return await asyncio.get_running_loop().run_in_executor(self.pool, _answered, work)


def key_of(address: str) -> str:
    """The key in an address; what follows a plus sign is the sender's own."""
    return address.strip("<>").partition("@")[0].partition("+")[0].lower()


def _answered(work: Callable[[], str]) -> str:
    close_old_connections()
    try:
        return work()
    except KeyUnknown:
        return UNKNOWN
    except NotSigned:
        return UNSIGNED
    except SenderTooFast:
        return TOO_FAST
    except Error:
        return LATER
    except Exception:
        logger.exception("A mail could not be taken.")
        return LATER
    finally:
        close_old_connections()


def _look(key: str) -> str:
    keys.door_of(secrets.digest(key), timezone.now())
    return TAKEN


def _take(key: str, raw: bytes) -> str:
    intake.receive_mail(key, raw, now=timezone.now())
    return TAKEN
