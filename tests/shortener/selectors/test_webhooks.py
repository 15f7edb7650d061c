from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.exceptions import NoSuchWebhook
from shortener.selectors import webhooks
from tests.factories.shortener import NOON, WebhookDeliveryFactory, WebhookFactory

pytestmark = pytest.mark.django_db


def test_waiting_and_lost_deliveries_are_counted(team: Any) -> None:
    hook = WebhookFactory(team=team)
    WebhookDeliveryFactory.create_batch(2, webhook=hook)
    WebhookDeliveryFactory(webhook=hook, due_at=None)
    WebhookDeliveryFactory(webhook=hook, due_at=None, delivered_at=NOON)
    found = webhooks.webhooks(Actor.system("test")).get()
    assert (vars(found)["waiting"], vars(found)["lost"]) == (2, 1)


def test_members_see_their_team_and_nobody_else_does(
    team: Any, vera: Any, charlie: Any, actor_of: Callable[..., Actor]
) -> None:
    hook = WebhookFactory(team=team)
    assert webhooks.get_webhook(actor_of(vera), hook.public_id) == hook
    with pytest.raises(NoSuchWebhook):
        webhooks.get_webhook(actor_of(charlie), hook.public_id)


@pytest.mark.parametrize(("state", "number"), [("", 3), ("delivered", 1), ("pending", 1), ("failed", 1), ("odd", 3)])
def test_deliveries_are_narrowed_by_state(state: str, number: int) -> None:
    hook = WebhookFactory()
    WebhookDeliveryFactory(webhook=hook)
    WebhookDeliveryFactory(webhook=hook, due_at=None)
    WebhookDeliveryFactory(webhook=hook, due_at=None, delivered_at=NOON)
    assert webhooks.deliveries(hook, state=state).count() == number
