"""Changing one's own contact."""

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from oncall.models import ContactMethod
from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]
TOLD = {"label": "Work", "delay_minutes": "3"}


def test_what_stands_there_is_shown(client_for: ClientFor, bob: Any) -> None:
    contact = ContactFactory(user=bob, label="Old phone")
    page = client_for(bob).get(reverse("contact_edit", args=[contact.public_id])).content
    assert all(text.encode() in page for text in (contact.address, "Old phone", "sent a code"))


def test_label_and_delay_change_without_a_code(client_for: ClientFor, bob: Any) -> None:
    contact = ContactFactory(user=bob)
    url = reverse("contact_edit", args=[contact.public_id])
    answer = client_for(bob).post(url, TOLD | {"address": contact.address})
    assert (answer["Location"], mail.outbox) == (reverse("contact_list"), [])
    assert ContactMethod.objects.values_list("label", "delay_minutes").get() == ("Work", 3)


def test_another_address_asks_for_its_code(client_for: ClientFor, bob: Any) -> None:
    url = reverse("contact_edit", args=[ContactFactory(user=bob).public_id])
    page = client_for(bob).post(url, TOLD | {"address": "new@example.com"}, follow=True).content
    assert b"sent to new@example.com" in page


def test_all_that_is_wrong_is_said(client_for: ClientFor, bob: Any) -> None:
    url = reverse("contact_edit", args=[ContactFactory(user=bob).public_id])
    answer = client_for(bob).post(url, {"label": "x" * 81, "delay_minutes": "-1", "address": "nonsense"})
    assert set(answer.context["form"].errors) == {"label", "delay_minutes", "address"}


def test_another_persons_is_not_found(client_for: ClientFor, alice: Any, bob: Any) -> None:
    url = reverse("contact_edit", args=[ContactFactory(user=bob).public_id])
    assert client_for(alice).get(url).status_code == 404
