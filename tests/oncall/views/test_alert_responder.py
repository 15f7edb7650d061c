"""Asking one more person from the page of an alert."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert, Page

ClientFor = Callable[[Any], Client]


def test_the_person_is_paged(client_for: ClientFor, bob: Any, alice: Any, fired: Alert) -> None:
    client_for(bob).post(reverse("alert_responder", args=[fired.public_id]), {"person": alice.pk})
    assert Page.objects.get(run__alert=fired).user == alice


def test_nobody_is_explained(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    answer = client_for(bob).post(reverse("alert_responder", args=[fired.public_id]), {"person": "0"}, follow=True)
    assert "Select a valid choice" in answer.text


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert client_for(vera).post(reverse("alert_responder", args=[fired.public_id])).status_code == 403
