"""Taking a shift that somebody gives away."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Schedule, Swap
from tests.factories.accounts import MembershipFactory, UserFactory

ClientFor = Callable[[Any], Client]


@pytest.fixture
def swap(schedule: Schedule, alice: Any, stopped: datetime) -> Swap:
    """Alice gives her evening away."""
    begins = stopped + timedelta(hours=6)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=5), "created_at": stopped}
    return Swap.objects.create(schedule=schedule, person=alice, role="primary", **times)


@pytest.fixture
def dan(team: Any) -> Any:
    """A responder who is in no rotation."""
    return MembershipFactory(team=team, role="responder", user=UserFactory(name="Dan")).user


def test_the_first_wins_and_the_second_is_told(client_for: ClientFor, dan: Any, bob: Any, swap: Swap) -> None:
    url = reverse("swap_take", args=[swap.public_id])
    assert b"Take them" in client_for(dan).get(url).content
    client_for(dan).post(url)
    assert b"taken, withdrawn or over" in client_for(bob).post(url, follow=True).content
    assert Swap.objects.get().taker == dan


def test_nobody_takes_their_own(client_for: ClientFor, alice: Any, swap: Swap) -> None:
    client_for(alice).post(reverse("swap_take", args=[swap.public_id]))
    assert Swap.objects.get().status == "open"


def test_a_viewer_and_a_stranger_may_not(client_for: ClientFor, vera: Any, charlie: Any, swap: Swap) -> None:
    url = reverse("swap_take", args=[swap.public_id])
    assert [client_for(one).post(url).status_code for one in (vera, charlie)] == [403, 403]
