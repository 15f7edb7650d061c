"""Resolving from the page."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert

ClientFor = Callable[[Any], Client]


def test_a_responder_resolves(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    client_for(bob).post(reverse("alert_resolve", args=[fired.public_id]))
    fired.refresh_from_db()
    assert (fired.status, fired.resolved_by) == ("resolved", bob)


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert client_for(vera).post(reverse("alert_resolve", args=[fired.public_id])).status_code == 403
