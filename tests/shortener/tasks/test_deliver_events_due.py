import pytest

from shortener import tasks
from shortener.models import WebhookDelivery
from tests.factories.shortener import WebhookDeliveryFactory
from tests.shortener.receiver import Receiver


@pytest.mark.django_db
def test_the_tick_delivers_what_is_due_and_may_come_again(receiver: Receiver) -> None:
    WebhookDeliveryFactory(webhook__url=receiver.url)
    tasks.deliver_events_due()
    tasks.deliver_events_due()
    assert len(receiver.came) == 1
    assert WebhookDelivery.objects.get().state == "delivered"
