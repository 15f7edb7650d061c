"""What a page says."""

from typing import Any

import pytest

from oncall.services import page_messages
from tests.factories.oncall import AlertFactory, ContactFactory, PageFactory, RunFactory


def test_it_has_the_id_of_the_page_and_a_link_to_act(alice: Any, team: Any) -> None:
    page = PageFactory(run=RunFactory(alert=AlertFactory(team=team)), user=alice)
    message = page_messages.compose(page)
    assert (message.page_id, message.address) == (page.public_id, "alice@example.com")
    assert "/alerts/ack/" in message.ack_url


def test_broken_routes_stop_no_page(
    alice: Any, team: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROOT_URLCONF = "no.such.routes"
    page = PageFactory(run=RunFactory(alert=AlertFactory(team=team)), user=alice)
    message = page_messages.compose(page)
    assert (message.page_id, message.is_urgent) == (page.public_id, True)
    assert ("Roll back the router config" in message.text, settings.PORTAL_BASE_URL in message.text) == (True, True)
    assert "could not be composed" in caplog.text


def test_a_secret_that_cannot_be_read_costs_the_signature_alone(
    alice: Any, team: Any, caplog: pytest.LogCaptureFixture
) -> None:
    contact = ContactFactory(user=alice, kind="webhook", secret="sealed by another key")
    page = PageFactory(run=RunFactory(alert=AlertFactory(team=team)), user=alice, contact=contact)
    message = page_messages.compose(page)
    assert (message.secret, "Roll back the router config" in message.text) == ("", True)
