"""Another secret."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import ContactPoint
from oncall.services import contacts
from tests.factories.oncall import ContactPointFactory

ClientFor = Callable[[Any], Client]


@pytest.mark.parametrize(("told", "count"), [({}, 2), ({"end": "1"}, 1)])
def test_it_signs_beside_the_old_one_until_that_is_ended(
    client_for: ClientFor, team: Any, alice: Any, told: dict[str, str], count: int
) -> None:
    url = reverse("contact_point_secret", args=[ContactPointFactory(team=team).public_id])
    client = client_for(alice)
    client.post(url)
    client.post(url, told)
    assert len(contacts.signing_secret(ContactPoint.objects.get()).split(",")) == count
