"""One's own shifts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from oncall.models import Schedule, Swap

ClientFor = Callable[[Any], Client]
URL = "/oncall/mine/"


def test_the_next_shifts_come_in_order(client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime) -> None:
    mine = client_for(bob).get(URL).context["mine"]
    assert [one.shift.role for one in mine[:3]] == ["secondary", "primary", "secondary"]


def test_hours_in_two_roles_at_once_count_once(
    client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime
) -> None:
    assert client_for(bob).get(URL).context["hours"] == timedelta(days=91)


def test_whoever_is_in_no_rotation_is_told_so(client_for: ClientFor, vera: Any) -> None:
    assert b"No shift ahead" in client_for(vera).get(URL).content


def test_offers_of_my_teams_are_seen_and_those_of_others_are_not(
    client_for: ClientFor, alice: Any, bob: Any, charlie: Any, schedule: Schedule, stopped: datetime
) -> None:
    times = {"starts_at": stopped, "ends_at": stopped + timedelta(hours=5), "created_at": stopped}
    Swap.objects.create(schedule=schedule, person=alice, **times)
    assert [b"Alice gives away" in client_for(one).get(URL).content for one in (bob, charlie)] == [True, False]
