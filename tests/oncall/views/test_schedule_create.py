"""Publishing a weekly rotation."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule

ClientFor = Callable[[Any], Client]
URL = "/oncall/teams/payments/schedules/new/"


def told(*users: Any, **changes: Any) -> dict[str, Any]:
    places = {f"place_{place}": user.pk for place, user in enumerate(users)}
    given = {"name": "Weekly", "time_zone": "Europe/Berlin", "handoff_weekday": "0", "handoff_time": "09:00"}
    return given | places | changes


def test_a_manager_publishes(client_for: ClientFor, alice: Any, bob: Any) -> None:
    answer = client_for(alice).post(URL, told(bob, alice))
    schedule = Schedule.objects.get()
    assert answer["Location"] == reverse("schedule_detail", args=[schedule.public_id])
    assert [member.user for member in schedule.versions.get().members.all()] == [bob, alice]


def test_a_responder_may_not(client_for: ClientFor, bob: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403


def test_nobody_and_twice_the_same_are_refused_at_the_form(client_for: ClientFor, alice: Any) -> None:
    client = client_for(alice)
    assert "place_0" in client.post(URL, told()).context["form"].errors
    assert b"one place in the order" in client.post(URL, told(alice, alice)).content


def test_a_second_schedule_of_a_name_is_refused_at_the_name(client_for: ClientFor, alice: Any) -> None:
    client = client_for(alice)
    client.post(URL, told(alice))
    assert "name" in client.post(URL, told(alice)).context["form"].errors


def test_the_zone_starts_as_the_teams(client_for: ClientFor, alice: Any, team: Any) -> None:
    type(team).objects.update(time_zone="Asia/Tokyo")
    assert b'<option value="Asia/Tokyo" selected>' in client_for(alice).get(URL).content
