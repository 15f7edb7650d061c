"""The order in which contacts are tried."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import ContactMethod
from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]


@pytest.mark.parametrize(("to", "first"), [("0", "b"), ("1", "a"), ("", "a"), ("\u00b2", "a")])
def test_a_contact_moves_up(client_for: ClientFor, bob: Any, to: str, first: str) -> None:
    made = [ContactFactory(user=bob, address=f"{name}@example.com", position=place) for place, name in enumerate("ab")]
    client_for(bob).post(reverse("contact_move", args=[made[1].public_id]), {"to": to})
    assert ContactMethod.objects.order_by("position")[0].address[0] == first


def test_another_persons_is_not_found(client_for: ClientFor, alice: Any, bob: Any) -> None:
    url = reverse("contact_move", args=[ContactFactory(user=bob).public_id])
    assert client_for(alice).post(url, {"to": "0"}).status_code == 404
