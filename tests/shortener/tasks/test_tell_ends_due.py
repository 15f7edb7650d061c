from datetime import timedelta

import pytest
from django.utils import timezone

from shortener import tasks
from shortener.models import WebhookDelivery
from tests.factories.shortener import LinkFactory, WebhookFactory


@pytest.mark.django_db
def test_the_tick_tells_once_of_an_end() -> None:
    link = LinkFactory(expires_at=timezone.now() - timedelta(seconds=1))
    WebhookFactory(team=link.team)
    tasks.tell_ends_due()
    tasks.tell_ends_due()
    assert WebhookDelivery.objects.get().event == "link.expired"
