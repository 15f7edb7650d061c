from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, OutgoingMail
from portal.lib.errors import PermissionDenied, PreconditionFailed
from shortener.exceptions import InvalidWebhook, WebhookIsOff
from shortener.models import Webhook, WebhookDelivery
from shortener.services import webhooks
from tests.factories.shortener import WebhookDeliveryFactory, WebhookFactory

pytestmark = pytest.mark.django_db

ActorOf = Callable[[Any], Actor]
SYSTEM = Actor.system("webhooks")
VALUES = {"url": "https://hooks.invalid/a", "events": ["link.created"], "note": "CRM"}


def refused(team: Any, now: datetime, **values: Any) -> dict[str, list[str]]:
    with pytest.raises(InvalidWebhook) as caught:
        webhooks.create_webhook(actor=SYSTEM, team_id=team.pk, values=VALUES | values, now=now)
    return caught.value.fields


def test_a_manager_makes_a_webhook(alice: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    hook = webhooks.create_webhook(actor=actor_of(alice), team_id=team.pk, values=VALUES, now=now)
    assert (hook.url, hook.events, hook.created_by_id) == ("https://hooks.invalid/a", ["link.created"], alice.pk)
    assert hook.secret.startswith("whsec_")
    entry = AuditEntry.objects.get(action="webhook.created")
    assert "secret" not in entry.changes
    assert hook.secret not in str(entry.changes)


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_nobody_else_may(who: str, request: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    actor = actor_of(request.getfixturevalue(who))
    with pytest.raises(PermissionDenied):
        webhooks.create_webhook(actor=actor, team_id=team.pk, values=VALUES, now=now)


def test_all_field_errors_come_at_once(team: Any, now: datetime) -> None:
    fields = refused(team, now, url="ftp://x", events=["link.created", "link.eaten"], note="x" * 201, secret="mine")
    assert set(fields) == {"url", "events", "note", "secret"}
    assert fields["events"] == ["There is no event link.eaten."]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x", "http://[::ffff:10.0.0.1]/", "http://2130706433/", ""])
def test_a_private_or_missing_address_is_an_error_of_the_field(team: Any, url: str, now: datetime) -> None:
    assert "url" in refused(team, now, url=url)


def test_what_cannot_be_stored_is_an_error_of_the_field(team: Any, now: datetime) -> None:
    assert "note" in refused(team, now, note="a\0b")


def test_a_team_has_at_most_twenty(team: Any, now: datetime) -> None:
    WebhookFactory.create_batch(20, team=team)
    assert refused(team, now)["url"] == ["A team has at most 20 webhooks."]


def test_a_change_is_audited_and_raises_the_version(team: Any, now: datetime) -> None:
    hook = WebhookFactory(team=team)
    saved = webhooks.update_webhook(actor=SYSTEM, hook=hook, values={"note": "New"}, expected_version=1, now=now)
    assert (saved.note, saved.version) == ("New", 2)
    assert AuditEntry.objects.get(action="webhook.updated").changes == {"note": ["", "New"]}


def test_nothing_new_changes_nothing(now: datetime) -> None:
    assert webhooks.update_webhook(actor=SYSTEM, hook=WebhookFactory(), values={"note": ""}, now=now).version == 1


def test_a_change_over_somebody_elses_is_refused(now: datetime) -> None:
    with pytest.raises(PreconditionFailed):
        webhooks.update_webhook(actor=SYSTEM, hook=WebhookFactory(version=2), values={}, expected_version=1, now=now)


def test_the_portal_switches_off_loudly(team: Any, alice: Any, bob: Any, now: datetime) -> None:
    hook = WebhookFactory(team=team)
    waiting = WebhookDeliveryFactory(webhook=hook)
    webhooks.disable_webhook(actor=SYSTEM, hook=hook, reason="20 tries in a row failed.", now=now)
    waiting.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert (mail.to, waiting.state) == (alice.email, "failed")
    assert "20 tries in a row failed." in mail.text
    assert f"/webhooks/{hook.public_id}/" in mail.text


def test_switching_off_twice_tells_once(team: Any, alice: Any, now: datetime) -> None:
    hook = WebhookFactory(team=team)
    for reason in ("first", "second"):
        webhooks.disable_webhook(actor=SYSTEM, hook=hook, reason=reason, now=now)
    hook.refresh_from_db()
    assert (hook.disabled_reason, OutgoingMail.objects.count()) == ("first", 1)


def test_a_person_who_switches_off_needs_no_mail(team: Any, alice: Any, actor_of: ActorOf, now: datetime) -> None:
    webhooks.disable_webhook(actor=actor_of(alice), hook=WebhookFactory(team=team), reason="By hand.", now=now)
    assert OutgoingMail.objects.count() == 0


def test_enabling_begins_with_a_clean_account(now: datetime) -> None:
    hook = WebhookFactory(disabled_at=now, disabled_reason="x", failures=20)
    saved = webhooks.enable_webhook(actor=SYSTEM, hook=hook, now=now)
    assert (saved.disabled_at, saved.disabled_reason, saved.failures) == (None, "", 0)


def test_a_deleted_webhook_takes_its_deliveries_along(now: datetime) -> None:
    delivery = WebhookDeliveryFactory()
    webhooks.delete_webhook(actor=SYSTEM, hook=delivery.webhook, now=now)
    assert (Webhook.objects.count(), WebhookDelivery.objects.count()) == (0, 0)
    assert AuditEntry.objects.filter(action="webhook.deleted").exists()


def test_a_renewed_secret_is_another_one(now: datetime) -> None:
    hook = WebhookFactory()
    before = hook.secret
    assert webhooks.renew_secret(actor=SYSTEM, hook=hook, now=now).secret != before


def test_each_test_is_an_event_of_its_own(now: datetime) -> None:
    hook = WebhookFactory(events=["link.deleted"])
    first, second = (webhooks.send_test(actor=SYSTEM, hook=hook, now=now) for _ in range(2))
    assert (first.event, first.due_at) == ("webhook.test", now)
    assert first.payload["id"] != second.payload["id"]


def test_a_webhook_that_is_off_takes_no_test(now: datetime) -> None:
    with pytest.raises(WebhookIsOff):
        webhooks.send_test(actor=SYSTEM, hook=WebhookFactory(disabled_at=now), now=now)
