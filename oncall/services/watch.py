"""Who watches the watcher: pagers beat, and when pages are late the operator hears it out of band."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from oncall.clients.mail import MailChannel
from oncall.domain.messages import Message
from oncall.exceptions import DeliveryError
from oncall.models import PagerHeartbeat, WatchNotice
from oncall.selectors import lateness
from portal.accounts.selectors import people

TOPIC = "late"
QUIET = timedelta(minutes=15)
FORGET = timedelta(days=1)

logger = logging.getLogger(__name__)


def beat(*, name: str, started_at: datetime, now: datetime) -> None:
    """Writes one pager's sign of life and forgets those that have been silent for a day."""
    PagerHeartbeat.objects.update_or_create(name=name, defaults={"started_at": started_at, "beat_at": now})
    PagerHeartbeat.objects.filter(beat_at__lt=now - FORGET).delete()


def tell_operator_due(*, now: datetime) -> bool:
    """Mails the administrators while pages are late, once in 15 minutes whoever looks; says whether it did."""
    problem = lateness.why_late(now)
    if problem is None or not _claim(now):
        return False
    alive = lateness.pagers_alive(now)
    text = f"{problem}\n\nPagers alive: {alive}.\nLook at the pager process and its log.\n{settings.PORTAL_BASE_URL}\n"
    for address in _addresses():
        _send(Message(f"watch-{now:%Y%m%d%H%M}", address, "Check the pager: pages are late", text))
    return True


@transaction.atomic
def _claim(now: datetime) -> bool:
    notice, created = WatchNotice.objects.select_for_update().get_or_create(topic=TOPIC, defaults={"told_at": now})
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


def _send(message: Message) -> None:
    try:
        MailChannel().send(message)
    except DeliveryError as error:
        logger.critical("Pages are late and %s cannot be told: %s", message.address, error.reason)
