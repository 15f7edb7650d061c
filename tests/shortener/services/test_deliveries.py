"""Events on their way to a real receiver, which fails, stalls, lies, hangs up, redirects and is gone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.clients import webhooks as client
from shortener.clients.webhooks import Answer
from shortener.exceptions import WebhookIsOff
from shortener.models import Webhook, WebhookAttempt, WebhookDelivery
from shortener.services import deliveries, webhooks
from tests.factories.shortener import WebhookDeliveryFactory, WebhookFactory
from tests.shortener.receiver import Behaviour, Receiver, hang_up, lie, stall, status

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


@pytest.fixture
def hook(receiver: Receiver, team: Any) -> Webhook:
    made: Webhook = WebhookFactory(url=receiver.url, team=team)
    return made


@pytest.fixture
def delivery(hook: Webhook, now: datetime) -> WebhookDelivery:
    made: WebhookDelivery = WebhookDeliveryFactory(webhook=hook, created_at=now, due_at=now)
    return made


def run(now: datetime) -> int:
    return deliveries.deliver_due(clock=lambda: now)


def fail(delivery: WebhookDelivery, now: datetime, answer: Answer | None = None) -> None:
    deliveries.store(delivery, answer or Answer(500, 12), now=now)
    delivery.refresh_from_db()


def test_a_due_event_is_posted_signed(delivery: WebhookDelivery, receiver: Receiver, now: datetime) -> None:
    assert run(now) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("delivered", 1, 204)
    assert receiver.genuine(delivery.webhook.secret, int(now.timestamp())) == [True]
    assert receiver.came[0][1]["content-type"] == "application/json"


def test_a_delivered_event_is_not_posted_again(delivery: WebhookDelivery, receiver: Receiver, now: datetime) -> None:
    assert [run(now), run(now + timedelta(days=1))] == [1, 0]
    assert len(receiver.came) == 1


@pytest.mark.parametrize(
    ("behaviour", "code", "error"),
    [
        (status(500), 500, "It answered 500."),
        (status(404), 404, "It answered 404."),
        (status(302, Location="/else"), 302, "It answered with a redirect, which is never followed."),
        (hang_up, None, "broke off"),
        (lie, None, "broke off"),
    ],
)
def test_a_failure_is_tried_again_later(
    delivery: WebhookDelivery, receiver: Receiver, now: datetime, behaviour: Behaviour, code: int | None, error: str
) -> None:
    receiver.plan = [behaviour, status(200)]
    run(now)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_status) == ("pending", code)
    assert error in delivery.last_error
    assert timedelta(seconds=4) <= (delivery.due_at or now) - now <= timedelta(seconds=6)
    run(now + timedelta(seconds=10))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(receiver.came)) == ("delivered", 2, 2)


def test_every_try_has_the_same_id_and_body_and_a_fresh_time(
    delivery: WebhookDelivery, receiver: Receiver, now: datetime
) -> None:
    receiver.plan = [status(503), status(200)]
    run(now)
    run(now + timedelta(minutes=1))
    (_, first, body), (_, second, again) = receiver.came
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 60


def test_one_that_stalls_keeps_no_other_waiting(
    delivery: WebhookDelivery, receiver: Receiver, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", 1.0)
    receiver.plan = [stall]
    quick = WebhookDeliveryFactory(webhook__url="http://10.0.0.1/", due_at=now)
    assert run(now) == 2
    first, second = WebhookAttempt.objects.order_by("pk")
    assert (first.delivery_id, second.delivery_id) == (quick.pk, delivery.pk)
    assert second.error.startswith("No answer within 1 s")


def test_a_private_address_is_refused_at_delivery_too(hook: Webhook, now: datetime, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    delivery = WebhookDeliveryFactory(webhook=hook, due_at=now)
    run(now)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 1)
    assert "private address" in delivery.last_error


def test_gone_switches_the_webhook_off(delivery: WebhookDelivery, receiver: Receiver, now: datetime) -> None:
    receiver.plan = [status(410)]
    run(now)
    delivery.refresh_from_db()
    assert delivery.state == "failed"
    assert delivery.webhook.disabled_reason == "The receiver answered 410 Gone."


def test_many_failures_over_an_hour_switch_the_webhook_off(hook: Webhook, now: datetime) -> None:
    first = WebhookDeliveryFactory(webhook=hook)
    fail(first, now)
    for delivery in WebhookDeliveryFactory.create_batch(19, webhook=hook):
        fail(delivery, now + timedelta(hours=1))
    hook.refresh_from_db()
    assert hook.disabled_at is not None
    assert hook.disabled_reason == "20 tries in a row failed; the last one: It answered 500."


def test_many_failures_in_a_minute_do_not(hook: Webhook, now: datetime) -> None:
    for delivery in WebhookDeliveryFactory.create_batch(30, webhook=hook):
        fail(delivery, now)
    hook.refresh_from_db()
    assert (hook.failures, hook.disabled_at) == (30, None)


def test_a_success_ends_the_row_of_failures(hook: Webhook, now: datetime) -> None:
    bad, good = WebhookDeliveryFactory.create_batch(2, webhook=hook)
    fail(bad, now)
    deliveries.store(good, Answer(200, 3), now=now)
    hook.refresh_from_db()
    assert hook.failures == 0


def test_after_the_last_try_an_event_is_given_up(hook: Webhook, now: datetime) -> None:
    delivery = WebhookDeliveryFactory(webhook=hook, attempts=11)
    fail(delivery, now)
    assert (delivery.attempts, delivery.state) == (12, "failed")


def test_each_try_is_kept_with_a_sample(delivery: WebhookDelivery, receiver: Receiver, now: datetime) -> None:
    receiver.plan = [status(500, b"token=abcdef exploded\n")]
    run(now)
    tried = WebhookAttempt.objects.get()
    assert (tried.number, tried.status, tried.answer) == (1, 500, "[redacted] exploded")


def test_a_webhook_that_is_off_gets_nothing(delivery: WebhookDelivery, receiver: Receiver, now: datetime) -> None:
    webhooks.disable_webhook(actor=SYSTEM, hook=delivery.webhook, reason="By hand.", now=now)
    assert run(now) == 0
    with pytest.raises(WebhookIsOff):
        deliveries.redeliver(actor=SYSTEM, delivery=WebhookDelivery.objects.get(), now=now)


def test_what_is_leased_is_left_alone_until_the_lease_ends(delivery: WebhookDelivery, now: datetime) -> None:
    assert len(deliveries.claim_due(now=now, busy=set())) == 1
    assert deliveries.claim_due(now=now, busy=set()) == []
    assert len(deliveries.claim_due(now=now + deliveries.LEASE, busy=set())) == 1


def test_a_webhook_takes_a_few_places_of_a_claim_only(hook: Webhook, now: datetime) -> None:
    WebhookDeliveryFactory.create_batch(15, webhook=hook, due_at=now)
    other = WebhookDeliveryFactory(due_at=now)
    claimed = deliveries.claim_due(now=now, busy=set())
    assert len(claimed) == 11
    assert claimed[-1].pk == other.pk
    assert deliveries.claim_due(now=now + deliveries.LEASE, busy={hook.pk, other.webhook_id}) == []


def test_many_events_all_arrive_once(hook: Webhook, receiver: Receiver, now: datetime) -> None:
    WebhookDeliveryFactory.create_batch(35, webhook=hook, due_at=now)
    assert run(now) == 35
    assert len({headers["webhook-id"] for _, headers, _ in receiver.came}) == 35


def test_a_redelivered_event_keeps_its_id(delivery: WebhookDelivery, receiver: Receiver, now: datetime) -> None:
    run(now)
    deliveries.redeliver(actor=SYSTEM, delivery=delivery, now=now + timedelta(hours=1))
    run(now + timedelta(hours=1))
    assert len({headers["webhook-id"] for _, headers, _ in receiver.came}) == 1
    assert [tried.number for tried in delivery.tries.all()] == [1, 2]


def test_deliveries_are_kept_for_a_month(hook: Webhook, now: datetime) -> None:
    old = now - timedelta(days=31)
    WebhookDeliveryFactory(webhook=hook, created_at=old, due_at=None)
    WebhookDeliveryFactory(webhook=hook, created_at=old, due_at=now)
    assert deliveries.forget_deliveries(now=now) == 1


def test_what_was_deleted_in_flight_is_dropped(delivery: WebhookDelivery, now: datetime) -> None:
    webhooks.delete_webhook(actor=SYSTEM, hook=delivery.webhook, now=now)
    deliveries.store(delivery, Answer(200, 1), now=now)
    assert WebhookAttempt.objects.count() == 0
