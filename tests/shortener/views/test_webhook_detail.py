from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories.shortener import WebhookDeliveryFactory, WebhookFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def page(client: Any, hook: Any, query: str = "") -> str:
    text: str = client.get(f"/webhooks/{hook.public_id}/{query}").content.decode()
    return text


def test_it_shows_its_deliveries(client_for: ClientFor, alice: Any, team: Any) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team, last_status=500, attempts=2)
    shown = page(client_for(alice), delivery.webhook)
    assert f"/deliveries/{delivery.public_id}/" in shown
    assert "Pending" in shown
    assert "Send a test event" in shown


def test_deliveries_can_be_narrowed(client_for: ClientFor, alice: Any, team: Any) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team)
    client = client_for(alice)
    assert delivery.public_id in page(client, delivery.webhook, "?state=pending")
    assert "Nothing in this state" in page(client, delivery.webhook, "?state=failed")
    assert delivery.public_id in page(client, delivery.webhook, "?state=nonsense")


def test_one_that_was_switched_off_says_so_loudly(client_for: ClientFor, alice: Any, team: Any, now: datetime) -> None:
    hook = WebhookFactory(team=team, disabled_at=now, disabled_reason="The receiver answered 410 Gone.")
    shown = page(client_for(alice), hook)
    assert 'role="alert"' in shown
    assert "The receiver answered 410 Gone." in shown
    assert "Send a test event" not in shown


def test_a_viewer_may_read_and_no_more(client_for: ClientFor, vera: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    shown = page(client_for(vera), hook)
    assert hook.url not in shown
    assert "Edit" not in shown
    assert "Renew the secret" not in shown


@pytest.mark.parametrize("path", ["", "edit/", "switch/", "secret/", "delete/", "deliveries/dlv_1/"])
def test_for_outsiders_there_is_nothing(client_for: ClientFor, charlie: Any, team: Any, path: str) -> None:
    hook = WebhookFactory(team=team)
    assert client_for(charlie).get(f"/webhooks/{hook.public_id}/{path}").status_code == 404
