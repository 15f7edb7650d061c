"""Another code."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]


def test_another_code_comes_a_minute_later_at_the_earliest(client_for: ClientFor, bob: Any, stopped: datetime) -> None:
    sent_at = stopped - timedelta(minutes=2)
    url = reverse("contact_code", args=[ContactFactory(user=bob, verified_at=None, code_sent_at=sent_at).public_id])
    client = client_for(bob)
    client.post(url)
    assert b"wait a minute" in client.post(url, follow=True).content
    assert len(mail.outbox) == 1


def test_another_persons_is_not_found(client_for: ClientFor, alice: Any, bob: Any) -> None:
    url = reverse("contact_code", args=[ContactFactory(user=bob).public_id])
    assert client_for(alice).post(url).status_code == 404
