"""Trying a contact point."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import ContactPoint
from tests.factories.oncall import ContactPointFactory

ClientFor = Callable[[Any], Client]


def test_what_went_wrong_is_said(client_for: ClientFor, team: Any, alice: Any) -> None:
    point = ContactPointFactory(team=team, address="http://127.0.0.1:9/")
    answer = client_for(alice).post(reverse("contact_point_test", args=[point.public_id]), follow=True)
    assert b"It did not arrive" in answer.content


@pytest.mark.parametrize("name", ["bob", "charlie"])
def test_others_may_not(client_for: ClientFor, team: Any, request: pytest.FixtureRequest, name: str) -> None:
    url = reverse("contact_point_test", args=[ContactPointFactory(team=team).public_id])
    assert client_for(request.getfixturevalue(name)).post(url).status_code == 403
    assert ContactPoint.objects.get().failures == 0
