"""Calendars as their readers see them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from oncall.models import CalendarSource, Schedule
from oncall.selectors import calendar_sources as found_sources
from portal.lib import sealing
from portal.lib.errors import NotFound

ActorOf = Callable[[Any], Any]


@pytest.fixture
def source(schedule: Schedule, alice: Any, now: datetime) -> CalendarSource:
    """A calendar with one shift that is over and one ahead."""
    ids = [str(alice.pk)]
    return CalendarSource.objects.create(
        schedule=schedule,
        name="Google",
        url=sealing.seal("https://calendar.example.com/secret.ics"),
        role="primary",
        fetch_due_at=now,
        shifts=[
            {"starts_at": "2026-03-01T00:00:00Z", "ends_at": "2026-03-02T00:00:00Z", "people": ids},
            {"starts_at": "2026-03-05T00:00:00Z", "ends_at": "2026-03-06T00:00:00Z", "people": ids},
        ],
    )


def test_the_host_is_told_and_not_the_secret(source: CalendarSource) -> None:
    assert found_sources.host_of(source) == "calendar.example.com"
    source.url = "broken seal"
    assert found_sources.host_of(source) == "unknown"


def test_only_shifts_ahead_are_coming(source: CalendarSource, alice: Any, now: datetime) -> None:
    assert [one.users for one in found_sources.coming(source, now, 9)] == [(alice,)]


def test_days_are_of_the_zone_of_the_schedule(source: CalendarSource, now: datetime) -> None:
    assert found_sources.zone_of(source.schedule, now) == "UTC"


def test_a_private_teams_calendar_is_not_found(
    source: CalendarSource, actor_of: ActorOf, charlie: Any, team: Any
) -> None:
    assert found_sources.get_source(actor_of(charlie), source.public_id) == source
    team.is_private = True
    team.save()
    with pytest.raises(NotFound):
        found_sources.get_source(actor_of(charlie), source.public_id)
