"""Webhooks of teams: made, changed and switched off. A secret is told once, when it is made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.services import audit, mails
from portal.lib.errors import PreconditionFailed
from portal.lib.ids import new_id
from shortener.clients import webhooks as client
from shortener.domain import signatures, webhooks
from shortener.exceptions import InvalidWebhook, WebhookIsOff
from shortener.models import Webhook, WebhookDelivery
from shortener.services import events, targets

MOST = 20
NOTE = 200
FIELDS = ("url", "events", "note")


def create_webhook(*, actor: Actor, team_id: int, values: Mapping[str, Any], now: datetime) -> Webhook:
    """Adds a webhook to a team; its `secret` may be shown this once. InvalidWebhook names all wrong fields."""
    actor.require(Role.MANAGER, team_id)
    cleaned = _clean({"url": "", **values})
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team_id)
        if Webhook.objects.filter(team_id=team_id).count() >= MOST:
            raise InvalidWebhook(fields={"url": [f"A team has at most {MOST} webhooks."]})
        hook = Webhook.objects.create(
            team_id=team_id, secret=signatures.new_secret(), created_by_id=actor.user_id, created_at=now, **cleaned
        )
        audit.record(actor=actor, action="webhook.created", target=hook, after=snapshot(hook), now=now)
    return hook


def update_webhook(
    *, actor: Actor, hook: Webhook, values: Mapping[str, Any], expected_version: int | None = None, now: datetime
) -> Webhook:
    """Changes address, events or note. Values that change nothing leave the version and the audit log alone."""
    actor.require(Role.MANAGER, hook.team_id)
    cleaned = _clean(values)
    with transaction.atomic():
        return _saved(actor, _locked(hook, expected_version), cleaned, "webhook.updated", now)


def enable_webhook(*, actor: Actor, hook: Webhook, now: datetime) -> Webhook:
    """Switches a webhook on again with a clean account; what it missed can be redelivered one by one."""
    actor.require(Role.MANAGER, hook.team_id)
    values = {"disabled_at": None, "disabled_reason": "", "failures": 0}
    with transaction.atomic():
        return _saved(actor, _locked(hook), values, "webhook.enabled", now)


def disable_webhook(*, actor: Actor, hook: Webhook, reason: str, now: datetime) -> Webhook:
    """Switches a webhook off: what waits is not sent. When the portal does it, the managers get a mail.

    A repeat changes nothing.
    """
    actor.require(Role.MANAGER, hook.team_id)
    with transaction.atomic():
        current = _locked(hook)
        if current.disabled_at is not None:
            return current
        current.deliveries.filter(due_at__isnull=False).update(due_at=None, leased_until=None)
        values = {"disabled_at": now, "disabled_reason": reason[:300]}
        saved = _saved(actor, current, values, "webhook.disabled", now)
        if actor.user_id is None:
            _tell_managers(saved, now)
        return saved


def delete_webhook(*, actor: Actor, hook: Webhook, now: datetime) -> None:
    """Removes a webhook and the log of its deliveries."""
    actor.require(Role.MANAGER, hook.team_id)
    with transaction.atomic():
        current = _locked(hook)
        audit.record(actor=actor, action="webhook.deleted", target=current, before=snapshot(current), now=now)
        current.delete()


def renew_secret(*, actor: Actor, hook: Webhook, now: datetime) -> Webhook:
    """Replaces the secret at once; the new one may be shown this once."""
    actor.require(Role.MANAGER, hook.team_id)
    with transaction.atomic():
        current = _locked(hook)
        current.secret, current.version = signatures.new_secret(), current.version + 1
        current.save()
        audit.record(actor=actor, action="webhook.secret_renewed", target=current, now=now)
    return current


def send_test(*, actor: Actor, hook: Webhook, now: datetime) -> WebhookDelivery:
    """Writes a due delivery of the event `webhook.test`."""
    actor.require(Role.MANAGER, hook.team_id)
    if hook.disabled_at is not None:
        raise WebhookIsOff
    key = f"{webhooks.TEST}:{new_id('tst')}"
    payload = events.payload_of(event=webhooks.TEST, key=key, data={"webhook": hook.public_id}, now=now)
    events.write([hook], event=webhooks.TEST, key=key, payload=payload, now=now)
    return WebhookDelivery.objects.get(webhook=hook, key=key)


def snapshot(hook: Webhook) -> dict[str, Any]:
    """What the audit log compares; the secret is left out."""
    return {name: getattr(hook, name) for name in (*FIELDS, "disabled_at", "disabled_reason")}


def _saved(actor: Actor, hook: Webhook, values: Mapping[str, Any], action: str, now: datetime) -> Webhook:
    before = snapshot(hook)
    for name, value in values.items():
        setattr(hook, name, value)
    if snapshot(hook) != before:
        hook.version += 1
        hook.save()
        audit.record(actor=actor, action=action, target=hook, before=before, after=snapshot(hook), now=now)
    return hook


def _locked(hook: Webhook, expected_version: int | None = None) -> Webhook:
    current = Webhook.objects.select_for_update(of=["self"]).select_related("team").filter(pk=hook.pk).first()
    if current is None or (expected_version is not None and current.version != expected_version):
        raise PreconditionFailed
    return current


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    errors = {name: ["This field cannot be set."] for name in values if name not in FIELDS}
    cleaned: dict[str, Any] = {}
    cleaners = {"url": _url, "events": _events, "note": _note}
    for name in set(values) & set(FIELDS):
        cleaned[name], found = cleaners[name](values[name])
        if found:
            errors[name] = found
    if errors:
        raise InvalidWebhook(fields=errors)
    return cleaned


def _url(text: Any) -> tuple[Any, list[str]]:
    url, found = targets.check(str(text or ""), served=targets.served_hosts())
    if not found and (refused := client.refusal(url)):
        found = [refused]
    return url, found


def _events(wanted: Sequence[str] | None) -> tuple[Any, list[str]]:
    names = list(dict.fromkeys(wanted or []))
    unknown = webhooks.unknown(names)
    return names, [f"There is no event {name}." for name in unknown]


def _note(text: Any) -> tuple[Any, list[str]]:
    note = str(text or "").strip()
    found = [f"Use at most {NOTE} characters."] if len(note) > NOTE else []
    if not note.isprintable():
        found.append("The text contains characters that do not print.")
    return note, found


def _tell_managers(hook: Webhook, now: datetime) -> None:
    page = settings.PORTAL_BASE_URL + reverse("webhook_detail", args=[hook.public_id])
    text = render_to_string("shortener/mail/webhook_disabled.txt", {"hook": hook, "page": page})
    managers = people.team_members(hook.team_id).filter(memberships__team=hook.team_id, memberships__role=Role.MANAGER)
    for user in managers.distinct():
        mails.queue(to=user.email, subject=f"A webhook of {hook.team.name} was switched off", text=text, now=now)
