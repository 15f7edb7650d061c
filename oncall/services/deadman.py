"""A sign of life to somewhere else, each minute: whoever does not hear it any more raises the alarm."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from oncall.models import WatchNotice
from oncall.selectors import lateness, unheard
from portal.lib import safe_http

TRIED, HEARD = "deadman", "deadman heard"
EVERY = timedelta(seconds=60)
TIMEOUT = 10.0

logger = logging.getLogger(__name__)


def ping_due(*, now: datetime) -> bool | None:
    """Pings once a minute, whichever pager; None when it is not due, else whether it was heard.

    Nothing is sent while pages are late or alerts reached nobody, so that the alarm elsewhere goes off.
    """
    url = settings.PORTAL_DEADMAN_URL
    if not url or lateness.why_late(now) is not None or unheard.unheard(now).exists() or not _claim(now):
        return None
    try:
        answer = safe_http.request("GET", url, timeout=TIMEOUT, max_bytes=1_000)
        is_heard = 200 <= answer.status < 300
        said = f"HTTP {answer.status}"
    except safe_http.FetchError as error:
        is_heard, said = False, error.reason
    if is_heard:
        WatchNotice.objects.update_or_create(topic=HEARD, defaults={"told_at": now})
    else:
        logger.error("The sign of life was not heard: %s", said)
    return is_heard


@transaction.atomic
def _claim(now: datetime) -> bool:
    notice, created = WatchNotice.objects.select_for_update().get_or_create(topic=TRIED, defaults={"told_at": now})
    if not created and now - notice.told_at < EVERY:
        return False
    notice.told_at = now
    notice.save(update_fields=["told_at"])
    return True
