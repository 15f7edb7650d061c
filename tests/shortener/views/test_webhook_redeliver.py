from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import NOON, WebhookDeliveryFactory

pytestmark = pytest.mark.django_db


def test_an_event_becomes_due_again(client_for: Callable[[Any], Any], alice: Any, team: Any) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team, due_at=None, delivered_at=NOON)
    url = f"/webhooks/{delivery.webhook.public_id}/deliveries/{delivery.public_id}/redeliver/"
    assert client_for(alice).post(url).status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == "pending"


def test_only_managers_may(client_for: Callable[[Any], Any], bob: Any, team: Any) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team)
    url = f"/webhooks/{delivery.webhook.public_id}/deliveries/{delivery.public_id}/redeliver/"
    assert client_for(bob).post(url).status_code == 403
