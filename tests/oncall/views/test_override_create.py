"""Taking over a role for a while."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Override, Schedule

ClientFor = Callable[[Any], Client]


@pytest.fixture
def url(schedule: Schedule) -> str:
    return reverse("override_create", args=[schedule.public_id])


def told(user: Any, **changes: Any) -> dict[str, Any]:
    times = {"starts_at": "2026-03-05T18:00", "ends_at": "2026-03-05T23:00"}
    return {"role": "primary", "user": user.pk, "reason": "theatre", **times, **changes}


def test_a_responder_takes_over(client_for: ClientFor, bob: Any, url: str, stopped: datetime) -> None:
    assert client_for(bob).post(url, told(bob)).status_code == 302
    assert Override.objects.get().user == bob


def test_times_are_in_the_readers_zone(client_for: ClientFor, bob: Any, url: str, stopped: datetime) -> None:
    type(bob).objects.filter(pk=bob.pk).update(time_zone="Asia/Tokyo")
    client_for(bob).post(url, told(bob))
    assert Override.objects.get().starts_at.isoformat() == "2026-03-05T09:00:00+00:00"


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, url: str) -> None:
    assert client_for(vera).get(url).status_code == 403


def test_the_past_is_refused_at_the_field(client_for: ClientFor, bob: Any, url: str, stopped: datetime) -> None:
    answer = client_for(bob).post(url, told(bob, starts_at="2026-03-01T00:00"))
    assert "starts_at" in answer.context["form"].errors


def test_two_overrides_of_a_role_do_not_overlap(client_for: ClientFor, bob: Any, url: str, stopped: datetime) -> None:
    client = client_for(bob)
    client.post(url, told(bob))
    assert b"override of this role in that time already" in client.post(url, told(bob)).content


def test_people_of_other_teams_cannot_be_chosen(client_for: ClientFor, bob: Any, charlie: Any, url: str) -> None:
    assert "user" in client_for(bob).post(url, told(charlie)).context["form"].errors


def test_of_a_shift_that_runs_the_rest_is_proposed(
    client_for: ClientFor, bob: Any, url: str, stopped: datetime
) -> None:
    asked = {"starts_at": "2026-03-02T09:00:00+00:00", "ends_at": "2026-03-09T09:00:00+00:00"}
    form = client_for(bob).get(url, asked).context["form"]
    assert form["starts_at"].value() == stopped.replace(second=0, microsecond=0, tzinfo=None)
