"""One's own contacts."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.services import contacts
from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]
URL = "/settings/contacts/"


def test_only_ones_own_are_shown(client_for: ClientFor, alice: Any, bob: Any) -> None:
    ContactFactory(user=bob, address="bob.pager@example.com")
    assert b"bob.pager" not in client_for(alice).get(URL).content
    assert b"bob.pager" in client_for(bob).get(URL).content


def test_without_a_contact_it_says_where_pages_go(client_for: ClientFor, alice: Any) -> None:
    assert b"pages go to alice@example.com" in client_for(alice).get(URL).content


def test_a_webhook_shows_its_secret(client_for: ClientFor, alice: Any) -> None:
    contact = ContactFactory(user=alice, kind="webhook", address="https://example.com/")
    assert contacts.signing_secret(contact).encode() in client_for(alice).get(URL).content
