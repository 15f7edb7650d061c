"""Taking a calendar out of its schedule."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import CalendarSource, Schedule
from tests.oncall.views.calendars import calendar_of

ClientFor = Callable[[Any], Client]


def test_it_asks_and_then_removes(client_for: ClientFor, alice: Any, schedule: Schedule) -> None:
    url, client = reverse("calendar_source_delete", args=[calendar_of(schedule).public_id]), client_for(alice)
    assert b"Remove the calendar?" in client.get(url).content
    client.post(url)
    assert not CalendarSource.objects.exists()


def test_a_responder_may_not(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    url = reverse("calendar_source_delete", args=[calendar_of(schedule).public_id])
    assert client_for(bob).post(url).status_code == 403
