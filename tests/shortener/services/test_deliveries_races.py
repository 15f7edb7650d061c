"""Two workers deliver at once: every event is posted once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from shortener.models import WebhookDelivery
from shortener.services import deliveries
from tests.factories.shortener import WebhookDeliveryFactory, WebhookFactory
from tests.shortener.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_ticks_at_once_post_each_event_once(receiver: Receiver, now: datetime) -> None:
    hook = WebhookFactory(url=receiver.url)
    WebhookDeliveryFactory.create_batch(25, webhook=hook, due_at=now)
    together = threading.Barrier(2)

    def tick(_: Any) -> int:
        together.wait(10)
        try:
            return deliveries.deliver_due(clock=lambda: now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(tick, range(2))) == 25
    assert len({headers["webhook-id"] for _, headers, _ in receiver.came}) == len(receiver.came) == 25
    assert WebhookDelivery.objects.filter(delivered_at=None).count() == 0
