"""The shifts of the calendar as JSON."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Schedule

ClientFor = Callable[[Any], Client]


def events(client: Client, schedule: Schedule, **asked: str) -> Any:
    return client.get(reverse("schedule_events", args=[schedule.public_id]), asked)


def test_shifts_are_whole_and_on_the_wall_of_the_reader(
    client_for: ClientFor, bob: Any, alice: Any, schedule: Schedule
) -> None:
    type(bob).objects.filter(pk=bob.pk).update(time_zone="Asia/Tokyo")
    found = events(client_for(bob), schedule, start="2026-03-09T00:00", end="2026-03-20T00:00").json()
    primary = [one for one in found if one["extendedProps"]["role"] == "primary"]
    assert [(one["start"], one["title"]) for one in primary] == [
        ("2026-03-02T18:00:00", "Alice (primary)"),
        ("2026-03-09T18:00:00", "Bob (primary)"),
        ("2026-03-16T18:00:00", "Alice (primary)"),
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [("", ""), ("2026-03-09", "x"), ("2026-03-09T00:00", "2026-09-09T00:00"), ("0001-01-01T00:00", "0001-01-02T00:00")],
    ids=["nothing", "words", "too-long", "too-early"],
)
def test_a_range_that_is_none_is_refused(
    client_for: ClientFor, bob: Any, schedule: Schedule, start: str, end: str
) -> None:
    assert events(client_for(bob), schedule, start=start, end=end).status_code == 422
