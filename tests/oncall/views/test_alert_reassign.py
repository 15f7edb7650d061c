"""Handing an alert on from its page."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert

ClientFor = Callable[[Any], Client]


def test_a_responder_hands_on(client_for: ClientFor, bob: Any, fired: Alert, other_team: Any) -> None:
    client_for(bob).post(reverse("alert_reassign", args=[fired.public_id]), {"team": other_team.pk})
    fired.refresh_from_db()
    assert fired.team == other_team


def test_to_nobody_is_explained(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    answer = client_for(bob).post(reverse("alert_reassign", args=[fired.public_id]), follow=True)
    assert "Say to whom" in answer.text


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert client_for(vera).post(reverse("alert_reassign", args=[fired.public_id])).status_code == 403


def test_a_person_is_handed_it(client_for: ClientFor, bob: Any, alice: Any, fired: Alert) -> None:
    client_for(bob).post(reverse("alert_reassign", args=[fired.public_id]), {"person": alice.pk})
    fired.refresh_from_db()
    assert (fired.assigned_to, fired.status) == (alice, "firing")


def test_one_takes_it_over(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    url = reverse("alert_reassign", args=[fired.public_id])
    assert "It is yours now." in client_for(bob).post(url, {"person": bob.pk}, follow=True).text
