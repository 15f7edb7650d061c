"""Removing a contact point."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import ContactPoint
from tests.factories.oncall import ContactPointFactory

ClientFor = Callable[[Any], Client]


def test_it_asks_and_then_removes(client_for: ClientFor, team: Any, alice: Any) -> None:
    url = reverse("contact_point_delete", args=[ContactPointFactory(team=team).public_id])
    client = client_for(alice)
    assert client.get(url).status_code == 200
    client.post(url)
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize("name", ["bob", "charlie"])
def test_others_may_not(client_for: ClientFor, team: Any, request: pytest.FixtureRequest, name: str) -> None:
    url = reverse("contact_point_delete", args=[ContactPointFactory(team=team).public_id])
    assert client_for(request.getfixturevalue(name)).post(url).status_code == 403
