"""Taking a planned version back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from oncall.services import schedules

ClientFor = Callable[[Any], Client]


def test_a_manager_withdraws_what_is_planned(
    client_for: ClientFor, alice: Any, schedule: Schedule, actor_of: Any, stopped: datetime
) -> None:
    definition = schedule.versions.get().definition
    at = stopped + timedelta(days=3)
    schedules.change(actor=actor_of(alice), schedule=schedule, definition=definition, effective_from=at, now=stopped)
    planned = schedule.versions.get(effective_from=at)
    url = reverse("schedule_withdraw", args=[schedule.public_id])
    assert b"Withdrawn" in client_for(alice).post(url, {"version": planned.pk}, follow=True).content


def test_what_counts_cannot_be_withdrawn(client_for: ClientFor, alice: Any, schedule: Schedule) -> None:
    url = reverse("schedule_withdraw", args=[schedule.public_id])
    answer = client_for(alice).post(url, {"version": schedule.versions.get().pk}, follow=True)
    assert b"counts already" in answer.content


def test_an_unknown_version_and_a_responder_are_refused(
    client_for: ClientFor, alice: Any, bob: Any, schedule: Schedule
) -> None:
    url = reverse("schedule_withdraw", args=[schedule.public_id])
    assert [client_for(alice).post(url).status_code, client_for(bob).post(url).status_code] == [404, 403]
