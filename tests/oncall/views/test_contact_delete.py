"""Removing a contact."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import ContactMethod
from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]


def test_it_asks_and_then_removes(client_for: ClientFor, bob: Any) -> None:
    url = reverse("contact_delete", args=[ContactFactory(user=bob).public_id])
    client = client_for(bob)
    assert client.get(url).status_code == 200
    client.post(url)
    assert not ContactMethod.objects.exists()


def test_another_persons_contact_is_not_found(client_for: ClientFor, alice: Any, bob: Any) -> None:
    url = reverse("contact_delete", args=[ContactFactory(user=bob).public_id])
    assert client_for(alice).post(url).status_code == 404
