"""Reading a calendar now."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from tests.oncall.views.calendars import calendar_of

ClientFor = Callable[[Any], Client]


def test_what_goes_wrong_is_told(client_for: ClientFor, alice: Any, schedule: Schedule) -> None:
    url = reverse("calendar_source_fetch", args=[calendar_of(schedule).public_id])
    assert b"could not be read" in client_for(alice).post(url, follow=True).content


def test_a_responder_may_not(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    url = reverse("calendar_source_fetch", args=[calendar_of(schedule).public_id])
    assert client_for(bob).post(url).status_code == 403
