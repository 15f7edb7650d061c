"""Who watches the watcher: pagers beat, and when paging is in trouble the operator hears it out of band."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from oncall.clients.mail import MailChannel
from oncall.domain.messages import Message
from oncall.exceptions import DeliveryError
from oncall.models import PagerHeartbeat, WatchNotice
from oncall.selectors import lateness, unheard
from portal.accounts.selectors import people
from portal.lib import health

QUIET = timedelta(minutes=15)
TRY_AGAIN = timedelta(minutes=1)
FORGET = timedelta(days=1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the operator is told; `topic` is told once in a while."""

    topic: str
    subject: str
    text: str


def beat(*, name: str, started_at: datetime, now: datetime) -> None:
    """Writes one pager's sign of life and forgets those that have been silent for a day."""
    PagerHeartbeat.objects.update_or_create(name=name, defaults={"started_at": started_at, "beat_at": now})
    PagerHeartbeat.objects.filter(beat_at__lt=now - FORGET).delete()


def tell_operator_due(*, now: datetime) -> bool:
    """Mails the administrators while there is trouble, each kind once in 15 minutes whoever looks; whether it did.

    A mail that nobody took is tried again after a minute.
    """
    told = False
    for trouble in troubles(now):
        if _claim(trouble.topic, now):
            told = True
            taken = [_send(trouble, address, now) for address in _addresses()]
            if not any(taken):
                WatchNotice.objects.filter(topic=trouble.topic).update(told_at=now - QUIET + TRY_AGAIN)
    return told


def troubles(now: datetime) -> Iterator[Trouble]:
    """What is wrong with paging at `now`: pages that are late, no pager, alerts that nobody heard, clocks that stand.

    The clocks are those of beat and its workers: when they stand, whatever is told by the way of mails waits.
    """
    if problem := lateness.why_late(now):
        yield Trouble("late", "Check the pager: pages are late", problem)
    if silent := lateness.silence(now):
        yield Trouble("silent", "Start the pager: none runs", silent)
    if number := unheard.unheard(now).count():
        text = f"Open alerts that reached nobody, although all were asked: {number}. They are asked again."
        yield Trouble("unheard", "Look at the alerts: nobody was reached", text)
    if problem := health.ask("clocks", now):
        yield Trouble("clocks", "Check beat and worker: clocks are late", problem[:500])


@transaction.atomic
def _claim(topic: str, now: datetime) -> bool:
    notice, created = WatchNotice.objects.select_for_update().get_or_create(topic=topic, defaults={"told_at": now})
    if created:
        return True
    if now - notice.told_at < QUIET:
        return False
    notice.told_at = now
    notice.save(update_fields=["told_at"])
    return True


def _addresses() -> list[str]:
    found = list(people.administrators().values_list("email", flat=True))
    return found or [settings.PORTAL_ADMIN_EMAIL]


def _send(trouble: Trouble, address: str, now: datetime) -> bool:
    alive = lateness.pagers_alive(now)
    text = (
        f"{trouble.text}\n\nPagers alive: {alive}.\nLook at the processes and their logs.\n{settings.PORTAL_BASE_URL}\n"
    )
    message = Message(f"watch-{trouble.topic}-{now:%Y%m%d%H%M}", address, trouble.subject, text)
    try:
        MailChannel().send(message)
    except DeliveryError as error:
        logger.critical("%s, and %s cannot be told: %s", trouble.subject, address, error.reason)
        return False
    return True
