"""Taking a schedule out of service."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule

ClientFor = Callable[[Any], Client]


def test_a_manager_archives_after_a_question(client_for: ClientFor, alice: Any, schedule: Schedule) -> None:
    url = reverse("schedule_archive", args=[schedule.public_id])
    client = client_for(alice)
    assert b"Archive the schedule?" in client.get(url).content
    client.post(url)
    assert client.get(reverse("schedule_detail", args=[schedule.public_id])).status_code == 404


def test_a_responder_may_not(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    assert client_for(bob).post(reverse("schedule_archive", args=[schedule.public_id])).status_code == 403
