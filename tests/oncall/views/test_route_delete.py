"""Taking a route away."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import AlertRoute
from tests.factories.oncall import RouteFactory

ClientFor = Callable[[Any], Client]


def test_only_a_manager_may(client_for: ClientFor, bob: Any, alice: Any, team: Any) -> None:
    page = reverse("route_delete", args=[RouteFactory(team=team).public_id])
    assert client_for(bob).post(page).status_code == 403
    client_for(alice).post(page)
    assert not AlertRoute.objects.exists()
