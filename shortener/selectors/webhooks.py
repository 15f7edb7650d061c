"""Finding webhooks and their deliveries. Only members of the team see them, and only managers the whole address."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import TeamOwnedQuerySet
from shortener.exceptions import NoSuchWebhook
from shortener.models import Webhook, WebhookDelivery

STATES = {
    "delivered": Q(delivered_at__isnull=False),
    "pending": Q(delivered_at=None, due_at__isnull=False),
    "failed": Q(delivered_at=None, due_at=None),
}


def webhooks(actor: Actor) -> TeamOwnedQuerySet[Any]:
    """The webhooks of the teams that `actor` has a role in, with what waits and what failed for good."""
    found = Webhook.objects.visible_to(actor).select_related("team")
    if not actor.is_administrator:
        found = found.filter(team__in=sorted(actor.team_ids))
    return found.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__due_at__isnull=False)),
        lost=Count("deliveries", filter=Q(deliveries__due_at=None, deliveries__delivered_at=None)),
    ).order_by("-pk")


def get_webhook(actor: Actor, public_id: str) -> Webhook:
    """The webhook with this public id; NoSuchWebhook when there is none or `actor` is not of its team."""
    found: Webhook | None = webhooks(actor).select_related("created_by").filter(public_id=_plain(public_id)).first()
    if found is None:
        raise NoSuchWebhook
    return found


def deliveries(hook: Webhook, *, state: str = "") -> QuerySet[WebhookDelivery]:
    """What was and will be sent to a webhook, newest first; narrowed to delivered, pending or failed."""
    return hook.deliveries.filter(STATES.get(state, Q())).prefetch_related("tries").order_by("-pk")


def get_delivery(actor: Actor, hook_id: str, public_id: str) -> WebhookDelivery:
    """One delivery of a webhook that `actor` may see, else NoSuchWebhook."""
    hook = get_webhook(actor, hook_id)
    found = hook.deliveries.select_related("webhook__team").filter(public_id=_plain(public_id)).first()
    if found is None:
        raise NoSuchWebhook
    return found


def shown_url(actor: Actor, hook: Webhook) -> str:
    """The address for managers; for others its origin only, because paths of receivers are often secrets."""
    if actor.may(Role.MANAGER, hook.team_id):
        return hook.url
    parts = urlsplit(hook.url)
    return f"{parts.scheme}://{parts.netloc}/\u2026"


def _plain(public_id: str) -> str:
    return public_id if public_id.isprintable() else ""
