"""Changing a contact point."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import ContactPoint
from tests.factories.oncall import ContactPointFactory

ClientFor = Callable[[Any], Client]


def test_a_manager_changes_it(client_for: ClientFor, team: Any, alice: Any) -> None:
    url = reverse("contact_point_edit", args=[ContactPointFactory(team=team).public_id])
    client = client_for(alice)
    assert b"https://example.com/room" in client.get(url).content
    client.post(url, {"name": "ops", "address": "https://example.com/other"})
    assert ContactPoint.objects.get().address == "https://example.com/other"


@pytest.mark.parametrize("name", ["bob", "vera"])
def test_others_of_the_team_may_not(
    client_for: ClientFor, team: Any, request: pytest.FixtureRequest, name: str
) -> None:
    url = reverse("contact_point_edit", args=[ContactPointFactory(team=team).public_id])
    assert client_for(request.getfixturevalue(name)).post(url, {}).status_code == 403
