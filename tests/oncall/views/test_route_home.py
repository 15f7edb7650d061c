"""The way to the routes of one's own team."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

ClientFor = Callable[[Any], Client]


def test_it_leads_to_ones_own_team(client_for: ClientFor, charlie: Any, team: Any, other_team: Any) -> None:
    answer = client_for(charlie).get(reverse("route_home"))
    assert answer["Location"] == reverse("route_list", args=[other_team.slug])
