"""The calendar of a schedule."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule

ClientFor = Callable[[Any], Client]


def test_a_responder_can_drag_and_a_viewer_only_looks(
    client_for: ClientFor, bob: Any, vera: Any, schedule: Schedule
) -> None:
    url = reverse("schedule_calendar", args=[schedule.public_id])
    assert [b"data-override" in client_for(one).get(url).content for one in (bob, vera)] == [True, False]


def test_without_scripts_it_leads_to_the_list(client_for: ClientFor, vera: Any, schedule: Schedule) -> None:
    content = client_for(vera).get(reverse("schedule_calendar", args=[schedule.public_id])).content
    assert reverse("schedule_detail", args=[schedule.public_id]).encode() in content
