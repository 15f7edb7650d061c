"""Telling of ends that nobody writes: a time that passes, a number of visitors that is reached. Once each."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from shortener.domain import webhooks as rules
from shortener.models import Link, LinkState, LinkTotal, Webhook, WebhookDelivery
from shortener.services import events, sweeps

OVERLAP = timedelta(minutes=5)
RECENT = timedelta(days=1)
EXPIRED, LIMIT = "link.expired", "link.limit_reached"


def tell_ends_due(*, now: datetime) -> int:
    """Emits what ended since the last run; returns how many links that were.

    The cursor stands where the last run looked; each run looks at five more minutes, for links whose writing was
    not over then, and the key of each event keeps it from being told twice.
    """
    with sweeps.alone("ends") as is_alone, transaction.atomic():
        if not is_alone:
            return 0
        cursor = sweeps.cursor_of("ends", start=now)
        told = _tell_expired(cursor.at - OVERLAP, now) + _tell_limits(now)
        sweeps.moved(cursor, at=now)
    return told


def _tell_expired(since: datetime, now: datetime) -> int:
    over = _heard(EXPIRED).filter(expires_at__gt=since, expires_at__lte=now)
    for link in over:
        events.emit_expired(link=link, now=now)
    return len(over)


def _tell_limits(now: datetime) -> int:
    """The totals follow the counter of visits within seconds; a link that was told of already is left out."""
    is_used_up = LinkTotal.objects.filter(link_id=OuterRef("pk"), people__gte=OuterRef("max_visits"))
    is_fresh = Q(updated_at__gt=now - RECENT) | Exists(is_used_up.filter(last_click_at__gt=now - RECENT))
    key = Concat(Value(f"{LIMIT}:"), "public_id", Value(":"), Cast("max_visits", TextField()), output_field=TextField())
    was_told = WebhookDelivery.objects.filter(webhook__team=OuterRef("team_id"), key=OuterRef("limit_key"))
    found = _heard(LIMIT).filter(Exists(is_used_up), is_fresh, max_visits__isnull=False)
    reached = found.annotate(limit_key=key).filter(~Exists(was_told))
    for link in reached:
        events.emit(link=link, event=LIMIT, now=now, key=rules.limit_key(link.public_id, link.max_visits or 0))
    return len(reached)


def _heard(event: str) -> QuerySet[Link]:
    """The active links of teams where a webhook wants to hear of `event`."""
    wants = Q(events__contains=[event]) | Q(events=[])
    teams = Webhook.objects.filter(wants, disabled_at=None).values("team")
    return Link.objects.filter(state=LinkState.ACTIVE, team__in=teams).select_related("domain", "team").order_by("pk")
