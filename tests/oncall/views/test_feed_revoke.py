"""Closing a calendar feed."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import CalendarFeed

ClientFor = Callable[[Any], Client]


def test_it_asks_and_then_revokes(client_for: ClientFor, alice: Any) -> None:
    client = client_for(alice)
    client.post("/oncall/feeds/")
    url = reverse("feed_revoke", args=[CalendarFeed.objects.get().public_id])
    assert b"Revoke the feed?" in client.get(url).content
    client.post(url)
    assert CalendarFeed.objects.get().revoked_at is not None


def test_another_persons_feed_is_not_found(client_for: ClientFor, alice: Any, bob: Any) -> None:
    client_for(alice).post("/oncall/feeds/")
    url = reverse("feed_revoke", args=[CalendarFeed.objects.get().public_id])
    assert client_for(bob).post(url).status_code == 404
