"""Taking a temporary schedule back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from oncall.services import temporary
from oncall.services.temporary import FixedShift

ClientFor = Callable[[Any], Client]


def test_what_lies_ahead_goes_away(
    client_for: ClientFor, alice: Any, schedule: Schedule, actor_of: Any, stopped: datetime
) -> None:
    span = {"starts_at": stopped + timedelta(days=1), "ends_at": stopped + timedelta(days=2)}
    shifts = [FixedShift("primary", (alice.pk,), **span)]
    held = temporary.add_temporary(
        actor=actor_of(alice), schedule=schedule, name="Easter", shifts=shifts, now=stopped, **span
    )
    client_for(alice).post(reverse("temporary_end", args=[schedule.public_id]), {"name": "Easter"})
    assert temporary.temporaries(Schedule.objects.get(pk=held.pk), stopped) == []


def test_an_unknown_name_is_told_and_a_responder_refused(
    client_for: ClientFor, alice: Any, bob: Any, schedule: Schedule
) -> None:
    url = reverse("temporary_end", args=[schedule.public_id])
    assert b"no such temporary schedule" in client_for(alice).post(url, {"name": "x"}, follow=True).content
    assert client_for(bob).post(url, {"name": "x"}).status_code == 403
