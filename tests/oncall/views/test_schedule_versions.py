"""Who changed a schedule when."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule

ClientFor = Callable[[Any], Client]


def test_each_version_says_its_layers_and_people(client_for: ClientFor, vera: Any, schedule: Schedule) -> None:
    content = client_for(vera).get(reverse("schedule_versions", args=[schedule.public_id])).content
    assert b"rotation, primary: every week, Alice, Bob" in content
