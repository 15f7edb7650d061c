"""The order of routes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import AlertRoute
from tests.factories.oncall import RouteFactory

ClientFor = Callable[[Any], Client]


@pytest.mark.parametrize(("to", "order"), [("0", "ba"), ("x", "ab"), ("", "ab"), ("99999999", "ab")])
def test_it_moves(client_for: ClientFor, alice: Any, team: Any, to: str, order: str) -> None:
    _, second = (RouteFactory(team=team, name=name, position=place) for place, name in enumerate("ab"))
    client_for(alice).post(reverse("route_move", args=[second.public_id]), {"to": to})
    assert "".join(AlertRoute.objects.values_list("name", flat=True)) == order


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    route = RouteFactory(team=team)
    assert client_for(bob).post(reverse("route_move", args=[route.public_id]), {"to": "0"}).status_code == 403
