"""Telling webhooks of events: one delivery row per webhook that wants to know, in the transaction of the event."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from shortener.domain import webhooks
from shortener.models import Link, LinkState, Webhook, WebhookDelivery
from shortener.selectors import finding

PARTS = ("type", "id", "timestamp", "data")
"""What a body consists of, in the order in which people read it."""


def emit(*, link: Link, event: str, now: datetime, detail: Mapping[str, Any] | None = None, key: str = "") -> int:
    """Writes a due delivery for each webhook of the link's team that wants `event`; returns how many it found.

    `key` names the event itself: a second one of the same key reaches no webhook again. By default it is the version
    that the link has now. A team without webhooks costs one query.
    """
    wanted = Q(events__contains=[event]) | Q(events=[])
    hooks = list(Webhook.objects.filter(wanted, team_id=link.team_id, disabled_at=None).only("pk"))
    if hooks:
        key = key or f"{event}:{link.public_id}:{link.version}"
        payload = payload_of(event=event, key=key, data={"link": link_data(link, now)} | dict(detail or {}), now=now)
        write(hooks, event=event, key=key, payload=payload, now=now)
    return len(hooks)


def emit_saved(*, link: Link, action: str, before: Mapping[str, Any], after: Mapping[str, Any], now: datetime) -> None:
    """Tells of one audited write of a link: changed, disabled, deleted or expired, as what was written says."""
    event = webhooks.event_of(action, before, after)
    if event != "link.expired":
        emit(link=link, event=event, now=now, detail={"changed": webhooks.changed_fields(before, after)})
    if before.get("expires_at") != link.expires_at and _has_expired(link, now):
        emit_expired(link=link, now=now)


def emit_expired(*, link: Link, now: datetime) -> None:
    """Tells that the end of a link has passed; once for each end that it was given."""
    if link.expires_at is not None:
        emit(link=link, event="link.expired", now=now, key=webhooks.expiry_key(link.public_id, link.expires_at))


def payload_of(*, event: str, key: str, data: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The body that a webhook gets, the same for every try."""
    return {"type": event, "id": webhooks.event_id(key), "timestamp": now.isoformat(), "data": dict(data)}


def write(hooks: Sequence[Webhook], *, event: str, key: str, payload: Mapping[str, Any], now: datetime) -> None:
    """Stores a due delivery per webhook; one that has this key already stays as it is."""
    rows = [
        WebhookDelivery(webhook=hook, event=event, key=key, payload=payload, created_at=now, due_at=now)
        for hook in hooks
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def link_data(link: Link, now: datetime) -> dict[str, Any]:
    """A link as events show it: never its password, and of its rules only that there are some."""
    return {
        "id": link.public_id,
        "short_url": finding.short_url(link),
        "target": link.target,
        "slug": link.slug,
        "domain": link.domain.name,
        "title": link.title,
        "tags": link.tags,
        "state": link.state_at(now),
        "expires_at": link.expires_at.isoformat() if link.expires_at else None,
        "max_visits": link.max_visits,
        "has_rules": bool(link.rules),
        "external_id": link.external_id,
        "version": link.version,
    }


def _has_expired(link: Link, now: datetime) -> bool:
    return link.state == LinkState.ACTIVE and link.expires_at is not None and link.expires_at <= now
