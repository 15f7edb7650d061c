"""Taking an offer back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Schedule, Swap

ClientFor = Callable[[Any], Client]


@pytest.fixture
def swap(schedule: Schedule, alice: Any, stopped: datetime) -> Swap:
    """Alice gives her evening away."""
    begins = stopped + timedelta(hours=6)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=5), "created_at": stopped}
    return Swap.objects.create(schedule=schedule, person=alice, role="primary", **times)


def test_whoever_offered_withdraws(client_for: ClientFor, alice: Any, swap: Swap) -> None:
    url = reverse("swap_withdraw", args=[swap.public_id])
    assert b"Withdraw it" in client_for(alice).get(url).content
    client_for(alice).post(url)
    assert Swap.objects.get().status == "withdrawn"


def test_other_responders_may_not(client_for: ClientFor, bob: Any, swap: Swap) -> None:
    assert client_for(bob).post(reverse("swap_withdraw", args=[swap.public_id])).status_code == 403
