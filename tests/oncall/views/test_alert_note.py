"""Notes from the page."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert

ClientFor = Callable[[Any], Client]


def test_a_note_stands_in_the_history(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    answer = client_for(bob).post(reverse("alert_note", args=[fired.public_id]), {"text": "<b>Disk</b>"}, follow=True)
    assert "&lt;b&gt;Disk&lt;/b&gt;" in answer.text


def test_an_empty_note_is_explained(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    answer = client_for(bob).post(reverse("alert_note", args=[fired.public_id]), follow=True)
    assert "This field is required" in answer.text


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert client_for(vera).post(reverse("alert_note", args=[fired.public_id])).status_code == 403
