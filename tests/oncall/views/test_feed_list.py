"""One's own calendar feeds."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from oncall.models import CalendarFeed, Schedule

ClientFor = Callable[[Any], Client]
URL = "/oncall/feeds/"


def test_the_address_is_shown_once_and_works(
    client_for: ClientFor, alice: Any, schedule: Schedule, stopped: datetime
) -> None:
    client = client_for(alice)
    content = client.post(URL, {"schedule": schedule.pk}).content.decode()
    found = re.search(r"/calendar/[\w-]{43}\.ics", content)
    assert found is not None
    assert Client().get(found[0])["Content-Type"] == "text/calendar; charset=utf-8"
    assert found[0] not in client.get(URL).content.decode()


def test_a_schedule_and_a_team_are_one_too_many(
    client_for: ClientFor, alice: Any, schedule: Schedule, team: Any
) -> None:
    answer = client_for(alice).post(URL, {"schedule": schedule.pk, "team": team.pk})
    assert "team" in answer.context["form"].errors
    assert not CalendarFeed.objects.exists()


def test_only_ones_own_are_shown(client_for: ClientFor, alice: Any, bob: Any, schedule: Schedule) -> None:
    client_for(alice).post(URL, {"schedule": schedule.pk})
    assert client_for(bob).get(URL).context["rows"] == []
