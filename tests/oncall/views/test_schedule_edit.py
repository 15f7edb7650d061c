"""Changing a rotation from now on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from oncall.selectors import schedules

ClientFor = Callable[[Any], Client]


@pytest.fixture
def url(schedule: Schedule) -> str:
    return reverse("schedule_edit", args=[schedule.public_id])


def test_the_form_begins_with_the_primary_of_this_week(
    client_for: ClientFor, alice: Any, bob: Any, url: str, time_machine: Any, now: datetime
) -> None:
    time_machine.move_to(now + timedelta(weeks=1), tick=False)
    form = client_for(alice).get(url).context["form"]
    assert [form["place_0"].value(), form["place_1"].value()] == [bob.pk, alice.pk]


def test_a_new_order_counts_from_now_on_and_the_past_stays(
    client_for: ClientFor, alice: Any, bob: Any, url: str, schedule: Schedule, stopped: datetime
) -> None:
    told = {"name": "Weekly", "time_zone": "UTC", "handoff_weekday": "0", "handoff_time": "09:00"}
    client_for(alice).post(url, told | {"place_0": bob.pk, "place_1": alice.pk})
    hour = timedelta(hours=1)
    found = schedules.shifts(Schedule.objects.get(), stopped - hour, stopped + hour)
    assert [str(shift.users[0]) for shift in found if shift.role == "primary"] == ["Alice", "Bob"]


def test_a_responder_may_not(client_for: ClientFor, bob: Any, url: str) -> None:
    assert client_for(bob).get(url).status_code == 403


def test_a_person_who_left_the_team_cannot_be_added(client_for: ClientFor, alice: Any, charlie: Any, url: str) -> None:
    told = {"name": "Weekly", "time_zone": "UTC", "handoff_weekday": "0", "handoff_time": "09:00"}
    answer = client_for(alice).post(url, told | {"place_0": charlie.pk})
    assert "place_0" in answer.context["form"].errors
