"""Another secret for one's webhook."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import ContactMethod
from oncall.services import contacts
from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]


def test_two_sign_until_the_old_one_is_ended(client_for: ClientFor, bob: Any) -> None:
    url = reverse("contact_secret", args=[ContactFactory(user=bob, kind="webhook").public_id])
    counts = []
    for told in ({}, {"end": "1"}):
        client_for(bob).post(url, told)
        counts.append(len(contacts.signing_secret(ContactMethod.objects.get()).split(",")))
    assert counts == [2, 1]
