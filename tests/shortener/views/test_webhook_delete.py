from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Webhook
from tests.factories.shortener import WebhookFactory

pytestmark = pytest.mark.django_db


def test_it_asks_and_then_deletes(client_for: Callable[[Any], Any], alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    client = client_for(alice)
    assert "cannot be undone" in client.get(f"/webhooks/{hook.public_id}/delete/").content.decode()
    assert client.post(f"/webhooks/{hook.public_id}/delete/").status_code == 302
    assert Webhook.objects.count() == 0


def test_only_managers_may(client_for: Callable[[Any], Any], bob: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    assert client_for(bob).post(f"/webhooks/{hook.public_id}/delete/").status_code == 403
