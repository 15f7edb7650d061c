"""Other words for a route in the same place."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories.oncall import RouteFactory

ClientFor = Callable[[Any], Client]


def test_it_begins_with_what_is_there(client_for: ClientFor, alice: Any, team: Any) -> None:
    route = RouteFactory(team=team, matchers=[{"name": "a", "op": "=~", "value": "b|c"}], group_by=["x", "y"])
    page = reverse("route_edit", args=[route.public_id])
    text = client_for(alice).get(page).text
    assert "a=~&quot;b|c&quot;" in text
    assert 'value="x, y"' in text
    client_for(alice).post(page, {"name": "Other"})
    route.refresh_from_db()
    assert (route.name, route.matchers) == ("Other", [])


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    route = RouteFactory(team=team)
    assert client_for(bob).get(reverse("route_edit", args=[route.public_id])).status_code == 403
