from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import WebhookFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_it_asks_first(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    shown = client_for(alice).get(f"/webhooks/{hook.public_id}/switch/").content.decode()
    assert "Switch this webhook off?" in shown


def test_off_and_on_again(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    client = client_for(alice)
    client.post(f"/webhooks/{hook.public_id}/switch/")
    hook.refresh_from_db()
    assert hook.disabled_reason.startswith("Switched off by ")
    client.post(f"/webhooks/{hook.public_id}/switch/", {"on": "1"})
    hook.refresh_from_db()
    assert hook.disabled_at is None


def test_only_managers_may(client_for: ClientFor, bob: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    assert client_for(bob).post(f"/webhooks/{hook.public_id}/switch/").status_code == 403
