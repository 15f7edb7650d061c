"""Delivering events to webhooks: claim due rows, post many at once, store what came of each; all may be repeated.

The order of events is not promised: a retry comes after younger events. Receivers tell repeats by `webhook-id`.
"""

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Min, Q

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.rounds import Round, Work
from shortener.clients import webhooks as client
from shortener.clients.webhooks import Answer, Post
from shortener.domain import signatures
from shortener.domain import webhooks as rules
from shortener.exceptions import WebhookIsOff
from shortener.models import Webhook, WebhookAttempt, WebhookDelivery
from shortener.services import sweeps, webhooks

AT_ONCE = 60
PER_HOOK = 10
BATCH = 200
PAUSE = 0.5
CLAIMING = timedelta(seconds=25)
LEASE = timedelta(seconds=90)
KEPT = timedelta(days=30)
GONE = 410
PORTAL = Actor.system("webhooks")


def deliver_due(*, clock: Callable[[], datetime]) -> int:
    """Posts what is due and returns how many tries were made; another run at the same time leaves at once.

    A webhook that stalls keeps its own events waiting and nobody else's.
    """
    with sweeps.alone("deliveries") as is_alone:
        return _deliver(clock) if is_alone else 0


def _deliver(clock: Callable[[], datetime]) -> int:
    started, tries = clock(), 0
    claimed: dict[int, WebhookDelivery] = {}
    with Round[int, Answer](at_once=AT_ONCE, per_host=PER_HOOK) as running:
        while True:
            now = clock()
            if now - started < CLAIMING:
                busy = {claimed[pk].webhook_id for pk in running.names}
                for delivery in claim_due(now=now, busy=busy):
                    claimed[delivery.pk] = delivery
                    post = partial(client.post, post_of(delivery, now))
                    running.start([Work(delivery.pk, str(delivery.webhook_id), post)])
            if not running.is_busy:
                return tries
            for pk, answer in running.wait(PAUSE):
                store(claimed[pk], answer, now=clock())
                tries += 1


@transaction.atomic
def claim_due(*, now: datetime, busy: set[int], limit: int = BATCH) -> list[WebhookDelivery]:
    """Leases due deliveries that nobody else holds, a few of each webhook, none of the `busy` ones."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = (
        WebhookDelivery.objects.select_for_update(skip_locked=True, of=["self"])
        .select_related("webhook")
        .filter(free, due_at__lte=now, webhook__disabled_at=None)
        .exclude(webhook__in=busy)
        .order_by("due_at", "pk")
    )
    taken: Counter[int] = Counter()
    claims = []
    for delivery in due[:limit]:
        taken[delivery.webhook_id] += 1
        if taken[delivery.webhook_id] <= PER_HOOK:
            claims.append(delivery)
    WebhookDelivery.objects.filter(pk__in=[one.pk for one in claims]).update(leased_until=now + LEASE)
    return claims


def post_of(delivery: WebhookDelivery, now: datetime) -> Post:
    """The signed request; the body is the same for every try, its time and signature are fresh."""
    body = json.dumps(delivery.payload, separators=(",", ":"), sort_keys=True).encode()
    seconds, event_id = int(now.timestamp()), rules.event_id(delivery.key)
    signed = signatures.headers(secret=delivery.webhook.secret, event_id=event_id, seconds=seconds, body=body)
    return Post(url=delivery.webhook.url, headers={"Content-Type": "application/json", **signed}, body=body)


@transaction.atomic
def store(claim: WebhookDelivery, answer: Answer, *, now: datetime) -> None:
    """Notes one try: delivered on 2xx, off on 410, else due again later or given up."""
    hook = Webhook.objects.select_for_update().filter(pk=claim.webhook_id).first()
    delivery = WebhookDelivery.objects.select_for_update().filter(pk=claim.pk).first()
    if hook is None or delivery is None:
        return
    delivery.attempts += 1
    delivery.last_status, delivery.last_error = answer.status, _trouble(answer)
    delivery.last_attempt_at, delivery.leased_until = now, None
    _note_try(delivery, answer, now)
    if answer.status is not None and 200 <= answer.status < 300:
        delivery.delivered_at, delivery.due_at = now, None
        delivery.save()
        Webhook.objects.filter(pk=hook.pk).exclude(failures=0).update(failures=0)
        return
    pause = None if answer.permanent else rules.pause_after(delivery.attempts, chance=random.random())  # noqa: S311
    delivery.due_at = None if pause is None or hook.disabled_at else now + pause
    delivery.save()
    Webhook.objects.filter(pk=hook.pk).update(failures=F("failures") + 1)
    _switch_off(hook, answer, now)


@transaction.atomic
def redeliver(*, actor: Actor, delivery: WebhookDelivery, now: datetime) -> WebhookDelivery:
    """Makes an event due again with the same id, so that a receiver that has it already can tell."""
    actor.require(Role.MANAGER, delivery.webhook.team_id)
    if delivery.webhook.disabled_at is not None:
        raise WebhookIsOff
    current = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
    current.due_at, current.delivered_at = now, None
    current.save()
    audit.record(
        actor=actor, action="webhook.redelivered", target=delivery.webhook, after={"event": str(current)}, now=now
    )
    return current


def forget_deliveries(*, now: datetime) -> int:
    """Deletes deliveries that ended and are older than 30 days; returns how many."""
    old = WebhookDelivery.objects.filter(due_at=None, created_at__lt=now - KEPT)
    return old.delete()[1].get(WebhookDelivery._meta.label, 0)


def _note_try(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    WebhookAttempt.objects.create(
        delivery=delivery,
        number=delivery.attempts,
        at=now,
        status=answer.status,
        latency_ms=answer.latency_ms,
        error=delivery.last_error,
        answer=rules.sample_of(answer.body),
    )


def _trouble(answer: Answer) -> str:
    if answer.status is None:
        return answer.error[:300]
    if 300 <= answer.status < 400:
        return "It answered with a redirect, which is never followed."
    return "" if 200 <= answer.status < 300 else f"It answered {answer.status}."


def _switch_off(hook: Webhook, answer: Answer, now: datetime) -> None:
    """Switches off what said that it is gone, and what failed too often for too long."""
    if answer.status == GONE:
        webhooks.disable_webhook(actor=PORTAL, hook=hook, reason="The receiver answered 410 Gone.", now=now)
        return
    failures = hook.failures + 1
    if failures < rules.FAILURES_TO_DISABLE:
        return
    if rules.is_hopeless(failures=failures, failing_for=now - _failing_since(hook, now)):
        reason = f"{failures} tries in a row failed; the last one: {_trouble(answer)}"
        webhooks.disable_webhook(actor=PORTAL, hook=hook, reason=reason, now=now)


def _failing_since(hook: Webhook, now: datetime) -> datetime:
    """The first failure since the last success."""
    tries = WebhookAttempt.objects.filter(delivery__webhook=hook)
    success = tries.filter(status__range=(200, 299)).order_by("-at").values_list("at", flat=True).first()
    after = tries.filter(at__gt=success) if success else tries
    since: datetime | None = after.aggregate(first=Min("at"))["first"]
    return since or now
