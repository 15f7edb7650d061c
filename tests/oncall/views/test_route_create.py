"""A new route."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import AlertRoute
from tests.factories.oncall import PolicyFactory

ClientFor = Callable[[Any], Client]


def test_a_manager_makes_a_route(client_for: ClientFor, alice: Any, team: Any, service: Any) -> None:
    given = {
        "name": "Shop",
        "matchers": "app=shop",
        "service": service.pk,
        "group_by": "app, pod, app",
        "repages": "on",
    }
    client_for(alice).post(reverse("route_create", args=[team.slug]), given)
    route = AlertRoute.objects.get()
    assert (route.matchers[0]["value"], route.service, route.group_by) == ("shop", service, ["app", "pod"])


def test_another_teams_policy_is_no_choice(client_for: ClientFor, alice: Any, team: Any, other_team: Any) -> None:
    given = {"name": "Shop", "policy": PolicyFactory(team=other_team).pk}
    assert "Select a valid choice" in client_for(alice).post(reverse("route_create", args=[team.slug]), given).text


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("vera", 403)])
def test_others_may_not(client_for: ClientFor, request: Any, team: Any, who: str, status: int) -> None:
    client = client_for(request.getfixturevalue(who))
    assert client.get(reverse("route_create", args=[team.slug])).status_code == status
