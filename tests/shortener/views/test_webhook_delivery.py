from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.clients.webhooks import Answer
from shortener.services import deliveries
from tests.factories.shortener import WebhookDeliveryFactory

pytestmark = pytest.mark.django_db


def test_each_try_is_shown(client_for: Callable[[Any], Any], alice: Any, team: Any, now: datetime) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team)
    deliveries.store(delivery, Answer(503, 87, body=b"<b>try later</b>"), now=now)
    shown = client_for(alice).get(f"/webhooks/{delivery.webhook.public_id}/deliveries/{delivery.public_id}/")
    text = shown.content.decode()
    assert all(part in text for part in ["503", "87&nbsp;ms", "It answered 503.", "&lt;b&gt;try later", "Redeliver"])


def test_a_viewer_may_not_redeliver(client_for: Callable[[Any], Any], vera: Any, team: Any) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team)
    shown = client_for(vera).get(f"/webhooks/{delivery.webhook.public_id}/deliveries/{delivery.public_id}/")
    assert shown.status_code == 200
    assert "Redeliver" not in shown.content.decode()


def test_a_delivery_of_another_webhook_is_not_there(client_for: Callable[[Any], Any], alice: Any, team: Any) -> None:
    first, second = WebhookDeliveryFactory.create_batch(2, webhook__team=team)
    url = f"/webhooks/{first.webhook.public_id}/deliveries/{second.public_id}/"
    assert client_for(alice).get(url).status_code == 404
