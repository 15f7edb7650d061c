import pytest

from shortener import tasks
from shortener.models import WebhookDelivery
from tests.factories.shortener import WebhookDeliveryFactory


@pytest.mark.django_db
def test_the_tick_forgets_what_ended_long_ago() -> None:
    WebhookDeliveryFactory(due_at=None)
    WebhookDeliveryFactory()
    tasks.forget_deliveries_due()
    assert WebhookDelivery.objects.count() == 1
