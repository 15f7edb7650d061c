from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import WebhookFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_asking_shows_no_secret(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    assert hook.secret not in client_for(alice).get(f"/webhooks/{hook.public_id}/secret/").content.decode()


def test_renewing_shows_the_new_one(client_for: ClientFor, alice: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    before = hook.secret
    shown = client_for(alice).post(f"/webhooks/{hook.public_id}/secret/").content.decode()
    hook.refresh_from_db()
    assert hook.secret != before
    assert f'data-copy="{hook.secret}"' in shown


def test_only_managers_may(client_for: ClientFor, vera: Any, team: Any) -> None:
    hook = WebhookFactory(team=team)
    assert client_for(vera).post(f"/webhooks/{hook.public_id}/secret/").status_code == 403
