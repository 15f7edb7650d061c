"""Trying one contact."""

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]


def test_it_says_something_there(client_for: ClientFor, bob: Any) -> None:
    client_for(bob).post(reverse("contact_test", args=[ContactFactory(user=bob).public_id]))
    assert len(mail.outbox) == 1


def test_another_persons_is_not_found(client_for: ClientFor, alice: Any, bob: Any) -> None:
    url = reverse("contact_test", args=[ContactFactory(user=bob).public_id])
    assert (client_for(alice).post(url).status_code, mail.outbox) == (404, [])


def test_what_went_wrong_is_said_and_shown(client_for: ClientFor, bob: Any) -> None:
    contact = ContactFactory(user=bob, kind="webhook", address="http://127.0.0.1:9/")
    page = client_for(bob).post(reverse("contact_test", args=[contact.public_id]), follow=True).content
    assert b"It did not arrive" in page
    assert b"Does not work" in page


def test_haste_is_told(client_for: ClientFor, bob: Any) -> None:
    client, url = client_for(bob), reverse("contact_test", args=[ContactFactory(user=bob).public_id])
    pages = [client.post(url, follow=True).content for _ in range(2)]
    assert [b"wait 10 seconds" in page for page in pages] == [False, True]
    assert b"Mail answered: taken by the mail server" in pages[0]
