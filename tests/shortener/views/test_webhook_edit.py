from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import WebhookFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_a_change_is_saved(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    sent = {"url": "https://hooks.invalid/b", "events": ["link.deleted"], "note": "New", "version": "1"}
    response = client_for(alice).post(f"/webhooks/{hook.public_id}/edit/", sent)
    hook.refresh_from_db()
    assert (response.status_code, hook.url, hook.events) == (302, "https://hooks.invalid/b", ["link.deleted"])


def test_a_change_over_somebody_elses_is_refused(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team, version=2)
    shown = client_for(alice).post(f"/webhooks/{hook.public_id}/edit/", {"url": hook.url, "version": "1"})
    assert "Somebody else changed this" in shown.content.decode()


def test_only_managers_may(client_for: ClientFor, bob: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    assert client_for(bob).post(f"/webhooks/{hook.public_id}/edit/", {"url": hook.url}).status_code == 403
