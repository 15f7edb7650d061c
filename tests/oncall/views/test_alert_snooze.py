"""Snoozing from the page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Alert

ClientFor = Callable[[Any], Client]


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize(("given", "hours"), [({"minutes": "240"}, 4), ({"until": "2026-03-04T14:00"}, 2), ({}, 0.5)])
def test_a_responder_snoozes(
    client_for: ClientFor, bob: Any, fired: Alert, now: datetime, given: dict[str, str], hours: float
) -> None:
    client_for(bob).post(reverse("alert_snooze", args=[fired.public_id]), given)
    fired.refresh_from_db()
    assert fired.snoozed_until == now + timedelta(hours=hours)


@pytest.mark.usefixtures("stopped")
def test_a_time_that_is_past_is_explained(client_for: ClientFor, bob: Any, fired: Alert) -> None:
    url = reverse("alert_snooze", args=[fired.public_id])
    answer = client_for(bob).post(url, {"until": "2026-03-01T14:00"}, follow=True)
    assert "within the next 7 days" in answer.text


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert client_for(vera).post(reverse("alert_snooze", args=[fired.public_id])).status_code == 403
