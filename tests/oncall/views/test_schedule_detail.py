"""The published weeks of a schedule."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import OverrideFactory, ScheduleFactory

ClientFor = Callable[[Any], Client]


def page(client: Client, schedule: Schedule) -> Any:
    return client.get(reverse("schedule_detail", args=[schedule.public_id]))


def test_twelve_weeks_are_published(client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime) -> None:
    rows = page(client_for(bob), schedule).context["published"].rows
    assert (rows[0].start, rows[-1].end, len(rows)) == (stopped, stopped + timedelta(weeks=12), 13)


def test_fewer_than_three_people_are_a_warning(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    assert b"Only 2 people share" in page(client_for(bob), schedule).content


def test_overrides_ahead_are_listed(client_for: ClientFor, bob: Any, schedule: Schedule, stopped: datetime) -> None:
    OverrideFactory(schedule=schedule, user=bob, reason="theatre")
    assert b"theatre" in page(client_for(bob), schedule).content


def test_a_responder_may_override_and_not_edit(client_for: ClientFor, bob: Any, schedule: Schedule) -> None:
    content = page(client_for(bob), schedule).content
    assert reverse("override_create", args=[schedule.public_id]).encode() in content
    assert reverse("schedule_edit", args=[schedule.public_id]).encode() not in content


def test_a_private_teams_schedule_is_not_found(client_for: ClientFor, bob: Any) -> None:
    hidden = ScheduleFactory(team=TeamFactory(is_private=True))
    assert page(client_for(bob), hidden).status_code == 404
