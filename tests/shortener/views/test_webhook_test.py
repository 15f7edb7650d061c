from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import WebhookDelivery
from tests.factories.shortener import WebhookFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_a_test_event_becomes_due(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    response = client_for(alice).post(f"/webhooks/{hook.public_id}/test/")
    delivery = WebhookDelivery.objects.get()
    assert response.headers["Location"] == f"/webhooks/{hook.public_id}/deliveries/{delivery.public_id}/"
    assert delivery.event == "webhook.test"


def test_only_managers_may(client_for: ClientFor, bob: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    assert client_for(bob).post(f"/webhooks/{hook.public_id}/test/").status_code == 403


def test_one_that_is_off_refuses(client_for: ClientFor, alice: Any, team: Any, now: datetime) -> None:
    hook = WebhookFactory(team=team, disabled_at=now)
    assert client_for(alice).post(f"/webhooks/{hook.public_id}/test/").status_code == 409


def test_a_look_sends_nothing(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    assert client_for(alice).get(f"/webhooks/{hook.public_id}/test/").status_code == 405
