from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories.shortener import WebhookDeliveryFactory, WebhookFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def page(client: Any) -> str:
    response = client.get("/webhooks/")
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def test_a_manager_sees_the_whole_address_and_what_waits(client_for: ClientFor, alice: Any, team: Any) -> None:
    WebhookDeliveryFactory(webhook__team=team, webhook__note="CRM")
    shown = page(client_for(alice))
    assert "https://hooks.example.org/links" in shown
    assert "CRM" in shown
    assert "New webhook" in shown


def test_a_viewer_sees_the_origin_only(client_for: ClientFor, vera: Any, team: Any) -> None:
    WebhookFactory(team=team)
    shown = page(client_for(vera))
    assert "https://hooks.example.org/\u2026" in shown
    assert "https://hooks.example.org/links" not in shown
    assert "New webhook" not in shown


def test_an_outsider_sees_none_although_the_team_is_public(client_for: ClientFor, charlie: Any, team: Any) -> None:
    WebhookFactory(team=team)
    assert "No webhooks yet" in page(client_for(charlie))


def test_what_was_switched_off_stands_first(client_for: ClientFor, alice: Any, team: Any, now: datetime) -> None:
    WebhookFactory(team=team, note="broken", disabled_at=now)
    WebhookFactory(team=team, note="working")
    shown = page(client_for(alice))
    assert shown.index("broken") < shown.index("working")
    assert "Switched off" in shown


def test_nobody_is_sent_to_the_sign_in_page(client: Any) -> None:
    assert client.get("/webhooks/").status_code == 302
