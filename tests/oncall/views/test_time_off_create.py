"""Saying when one is away."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from oncall.models import Schedule, Swap, TimeOff

ClientFor = Callable[[Any], Client]
URL = "/oncall/time-off/new/"
WEEK = {"starts_at": "2026-03-09T09:00", "ends_at": "2026-03-16T09:00", "reason": "holiday"}


def test_each_shift_in_it_asks_for_cover(
    client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime
) -> None:
    content = client_for(bob).post(URL, WEEK, follow=True).content
    assert (TimeOff.objects.get().user, Swap.objects.get().role, b"1 shift asks for cover" in content) == (
        bob,
        "primary",
        True,
    )


def test_without_a_shift_in_it_nothing_is_asked(client_for: ClientFor, vera: Any, stopped: datetime) -> None:
    assert b"You have no shift in that time" in client_for(vera).post(URL, WEEK, follow=True).content


def test_an_end_before_the_start_is_refused_at_the_field(client_for: ClientFor, bob: Any, stopped: datetime) -> None:
    answer = client_for(bob).post(URL, WEEK | {"ends_at": "2026-03-08T09:00"})
    assert "ends_at" in answer.context["form"].errors
