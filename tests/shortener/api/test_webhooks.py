from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Webhook, WebhookDelivery
from tests.factories.shortener import WebhookDeliveryFactory, WebhookFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/webhooks/"
Api = Callable[..., Any]


def test_the_secret_is_told_once(api_for: Api, team: Any) -> None:
    api = api_for("links:write", "links:read")
    made = api.post(URL, {"url": "https://hooks.invalid/a", "events": ["link.created"], "team": "payments"})
    body = made.json()
    assert (made.status_code, body["enabled"], body["team"]) == (201, True, "payments")
    assert body["secret"] == Webhook.objects.get().secret
    assert "secret" not in api.get(f"{URL}{body['id']}/").json()


def test_all_field_errors_come_at_once(api_for: Api) -> None:
    response = api_for("links:write").post(URL, {"url": "https://x.invalid/", "events": ["link.eaten"], "secret": "a"})
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"events.0", "secret"}


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "javascript:x"])
def test_a_private_address_is_an_error_of_the_field(api_for: Api, url: str) -> None:
    response = api_for("links:write").post(URL, {"url": url})
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"url"}


def test_a_change_needs_the_version_that_was_seen(api_for: Api, team: Any) -> None:
    hook = WebhookFactory(team=team)
    api = api_for("links:write", "links:read")
    path = f"{URL}{hook.public_id}/"
    assert api.patch(path, {"note": "A"}, HTTP_IF_MATCH='"7"').status_code == 412
    changed = api.patch(path, {"note": "A", "enabled": False}, HTTP_IF_MATCH='"1"').json()
    assert (changed["note"], changed["enabled"]) == ("A", False)
    assert api.patch(path, {"enabled": True}).json()["disabled_at"] is None


def test_reading_needs_its_scope_and_writing_another(api_for: Api, team: Any) -> None:
    hook = WebhookFactory(team=team)
    reader = api_for("links:read")
    assert reader.get(URL).json()["items"][0]["id"] == hook.public_id
    assert reader.delete(f"{URL}{hook.public_id}/").status_code == 403
    assert api_for("links:write").get(URL).status_code == 403


def test_a_responder_reads_the_origin_and_changes_nothing(api_for: Api, bob: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    api = api_for("links:read", "links:write", user=bob)
    assert api.get(f"{URL}{hook.public_id}/").json()["url"] == "https://hooks.example.org/\u2026"
    assert api.patch(f"{URL}{hook.public_id}/", {"note": "A"}).status_code == 403
    assert api.delete(f"{URL}{hook.public_id}/").status_code == 403
    assert api.post(f"{URL}{hook.public_id}/secret/").status_code == 403
    assert api.post(f"{URL}{hook.public_id}/test/").status_code == 403


@pytest.mark.parametrize("call", ["get", "patch", "delete"])
def test_for_outsiders_there_is_nothing(api_for: Api, charlie: Any, team: Any, call: str) -> None:
    api = api_for("links:read", "links:write", user=charlie)
    assert getattr(api, call)(f"{URL}{WebhookFactory(team=team).public_id}/").status_code == 404


def test_deliveries_are_listed_with_their_tries(api_for: Api, team: Any) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team)
    api = api_for("links:read", "links:write")
    path = f"{URL}{delivery.webhook.public_id}/deliveries/"
    assert api.get(f"{path}?state=pending").json()["items"][0]["event_id"] == "evt_1"
    assert api.get(f"{path}?state=failed").json()["items"] == []
    assert api.get(f"{path}?state=odd").status_code == 422


def test_an_event_can_be_sent_once_more(api_for: Api, team: Any) -> None:
    delivery = WebhookDeliveryFactory(webhook__team=team, due_at=None)
    path = f"{URL}{delivery.webhook.public_id}/deliveries/{delivery.public_id}/redeliver/"
    response = api_for("links:write").post(path)
    assert (response.status_code, response.json()["state"]) == (202, "pending")


def test_a_test_event_is_due_at_once(api_for: Api, team: Any) -> None:
    hook = WebhookFactory(team=team)
    response = api_for("links:write").post(f"{URL}{hook.public_id}/test/")
    assert (response.status_code, response.json()["event"]) == (202, "webhook.test")
    assert WebhookDelivery.objects.get().due_at is not None


def test_a_renewed_secret_is_shown_and_a_deleted_webhook_is_gone(api_for: Api, team: Any) -> None:
    hook = WebhookFactory(team=team)
    api = api_for("links:write", "links:read")
    assert api.post(f"{URL}{hook.public_id}/secret/").json()["secret"] != hook.secret
    assert api.delete(f"{URL}{hook.public_id}/").status_code == 204
    assert api.get(f"{URL}{hook.public_id}/").status_code == 404
