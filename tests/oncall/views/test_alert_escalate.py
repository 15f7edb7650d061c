"""Asking the next at once, from the page of an alert."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert

ClientFor = Callable[[Any], Client]


def send(client: Client, alert: Alert) -> Any:
    return client.post(reverse("alert_escalate", args=[alert.public_id]), follow=True)


def test_the_next_are_asked(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    assert "The next are being asked now" in send(client_for(bob), fired).text


def test_nobody_is_asked_for_what_is_held_back(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    Alert.objects.filter(pk=fired.pk).update(held_by="silenced")
    assert "Nobody is asked" in send(client_for(bob), fired).text


def test_what_is_resolved_says_so(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    client_for(bob).post(reverse("alert_resolve", args=[fired.public_id]))
    assert "resolved" in send(client_for(bob), fired).text.lower()


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert send(client_for(vera), fired).status_code == 403
