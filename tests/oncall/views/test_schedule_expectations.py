"""What is expected of whoever is on call."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule

ClientFor = Callable[[Any], Client]


def test_a_manager_writes_it_and_everybody_reads_it(
    client_for: ClientFor, alice: Any, vera: Any, schedule: Schedule
) -> None:
    client_for(alice).post(reverse("schedule_expectations", args=[schedule.public_id]), {"text": "Within 5 minutes."})
    content = client_for(vera).get(reverse("schedule_detail", args=[schedule.public_id])).content
    assert b"Within 5 minutes." in content


def test_a_responder_may_not(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    assert client_for(bob).get(reverse("schedule_expectations", args=[schedule.public_id])).status_code == 403
