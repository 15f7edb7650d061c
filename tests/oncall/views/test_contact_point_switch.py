"""Off and on again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import ContactPoint
from tests.factories.oncall import ContactPointFactory

ClientFor = Callable[[Any], Client]


@pytest.mark.parametrize(("told", "is_off"), [("0", True), ("1", False)])
def test_a_manager_switches_it(client_for: ClientFor, team: Any, alice: Any, told: str, is_off: bool) -> None:
    url = reverse("contact_point_switch", args=[ContactPointFactory(team=team).public_id])
    client_for(alice).post(url, {"on": told})
    assert (ContactPoint.objects.get().disabled_at is not None) is is_off
