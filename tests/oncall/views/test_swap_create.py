"""Offering one's shifts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule, Swap

ClientFor = Callable[[Any], Client]


def told(person: Any, **changes: Any) -> dict[str, Any]:
    times = {"starts_at": "2026-03-05T18:00", "ends_at": "2026-03-05T23:00"}
    return {"person": person.pk, "role": "", "note": "theatre", **times, **changes}


def test_a_responder_offers_their_own(client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime) -> None:
    client_for(bob).post(reverse("swap_create", args=[schedule.public_id]), told(bob))
    assert [(swap.person, swap.status) for swap in Swap.objects.all()] == [(bob, "open")]


def test_only_a_manager_offers_for_others(
    client_for: ClientFor, alice: Any, bob: Any, schedule: Schedule, stopped: datetime
) -> None:
    url = reverse("swap_create", args=[schedule.public_id])
    assert "person" in client_for(bob).post(url, told(alice)).context["form"].errors
    assert client_for(alice).post(url, told(bob)).status_code == 302


def test_who_has_no_shift_then_has_nothing_to_offer(
    client_for: ClientFor, alice: Any, vera: Any, schedule: Schedule, stopped: datetime
) -> None:
    answer = client_for(alice).post(reverse("swap_create", args=[schedule.public_id]), told(vera))
    assert "person" in answer.context["form"].errors


def test_the_address_proposes_the_shift(client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime) -> None:
    asked = {"starts_at": "2026-03-09T09:00:00+00:00", "ends_at": "x" * 99, "role": "primary"}
    form = client_for(bob).get(reverse("swap_create", args=[schedule.public_id]), asked).context["form"]
    assert form["starts_at"].value().isoformat() == "2026-03-09T09:00:00"


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, schedule: Schedule) -> None:
    assert client_for(vera).get(reverse("swap_create", args=[schedule.public_id])).status_code == 403
