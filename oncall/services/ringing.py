"""Emergencies of Pushover ring until somebody acknowledges them there; what was answered elsewhere must fall silent."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from oncall.clients import pushover
from oncall.exceptions import DeliveryError
from oncall.models import Alert, Page

STOPPED = "silenced"
LIFETIME = timedelta(seconds=pushover.EXPIRE)
LAST = ("acknowledged", "expired", STOPPED)
BATCH = 20

logger = logging.getLogger(__name__)


def stop_ringing_due(*, now: datetime, limit: int = BATCH) -> int:
    """Ends what rings although its alert is taken on or over; a repeat finds nothing, a failure is tried again."""
    rings = Page.objects.filter(channel="pushover", status=Page.Status.SENT, sent_at__gt=now - LIFETIME)
    over = rings.exclude(Q(provider_id="") | Q(delivery__in=LAST)).exclude(run__alert__status=Alert.Status.FIRING)
    done = 0
    for page in over.order_by("pk")[:limit]:
        try:
            pushover.stop_ringing(page.provider_id)
        except DeliveryError as error:
            logger.warning("Page %s goes on ringing: %s", page.public_id, error.reason)
            if not error.permanent:
                continue
        Page.objects.filter(pk=page.pk).update(delivery=STOPPED)
        done += 1
    return done
