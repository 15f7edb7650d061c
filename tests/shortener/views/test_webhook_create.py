from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Webhook

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/webhooks/new/"


def sent(**changed: Any) -> dict[str, Any]:
    return {"url": "https://hooks.invalid/a", "team": "payments", "events": ["link.created"], **changed}


def test_the_answer_shows_the_secret_once(client_for: ClientFor, alice: Any) -> None:
    client = client_for(alice)
    response = client.post(URL, sent())
    hook = Webhook.objects.get()
    assert hook.secret in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert hook.secret not in client.get(f"/webhooks/{hook.public_id}/").content.decode()


def test_errors_stand_at_their_fields_and_nothing_is_lost(client_for: ClientFor, alice: Any) -> None:
    shown = client_for(alice).post(URL, sent(url="http://127.0.0.1/", note="x" * 201)).content.decode()
    assert "private address 127.0.0.1" in shown
    assert "Use at most 200 characters." in shown
    assert Webhook.objects.count() == 0


def test_a_team_that_one_does_not_manage_is_no_choice(client_for: ClientFor, bob: Any) -> None:
    response = client_for(bob).post(URL, sent())
    assert "Select a valid choice" in response.content.decode()
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize("note", ["a\0b", "\ud800"])
def test_what_cannot_be_stored_is_refused(client_for: ClientFor, alice: Any, note: str) -> None:
    body = f"url=https://hooks.invalid/&team=payments&note={note}".encode(errors="surrogatepass")
    response = client_for(alice).post(URL, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 400}
    assert Webhook.objects.exclude(note="\ufffd\ufffd\ufffd").count() == 0
