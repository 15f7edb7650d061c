"""Who is on call, from rows through the resolver."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall import selectors
from oncall.models import Schedule
from oncall.selectors import schedules
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import OverrideFactory, ScheduleVersionFactory, schedule_of

WEEK = timedelta(weeks=1)


def on_call(now: datetime, **where: Any) -> list[tuple[str, str]]:
    return [(one.role, str(one.user)) for one in selectors.on_call_now(now=now, **where)]


def test_the_secondary_becomes_primary(schedule: Schedule, now: datetime) -> None:
    assert on_call(now) == [("primary", "Alice"), ("secondary", "Bob")]
    assert on_call(now + WEEK) == [("primary", "Bob"), ("secondary", "Alice")]


def test_an_override_counts_from_its_start_to_its_end(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    OverrideFactory(schedule=schedule, user=bob)
    assert on_call(now)[0] == ("primary", "Bob")
    assert on_call(now + timedelta(hours=4))[0] == ("primary", "Alice")


def test_only_the_asked_team_is_answered(schedule: Schedule, team: Any, other_team: Any, now: datetime) -> None:
    assert (len(on_call(now, team_id=team.pk)), on_call(now, team_id=other_team.pk)) == (2, [])


def test_an_archived_schedule_puts_nobody_on_call(schedule: Schedule, now: datetime) -> None:
    Schedule.objects.update(archived_at=now)
    assert on_call(now) == []


def test_until_is_exact_within_the_horizon(schedule: Schedule, now: datetime) -> None:
    found = schedules.on_call_now(now=now, horizon=WEEK)
    assert found[0].until.isoformat() == "2026-03-09T09:00:00+00:00"


def test_each_version_counts_for_its_time(schedule: Schedule, now: datetime) -> None:
    schedule.versions.update(effective_until=now)
    ScheduleVersionFactory(schedule=schedule, effective_from=now)
    fresh = schedules.schedules_of(schedule.team_id)[0]
    shifts = schedules.shifts(fresh, now - WEEK, now + WEEK)
    assert [[str(user) for user in shift.users] for shift in shifts if shift.role == "primary"] == [
        ["Bob"],
        ["Alice"],
        [],
    ]


def test_private_schedules_are_for_members(schedule: Schedule, alice: Any, actor_of: Any) -> None:
    hidden = schedule_of(alice, team=TeamFactory(is_private=True))
    with pytest.raises(NotFound):
        schedules.get_schedule(actor_of(alice), hidden.public_id)
    assert schedules.get_schedule(Actor.system("test"), hidden.public_id) == hidden


def test_a_private_override_is_not_found(alice: Any, actor_of: Any) -> None:
    override = OverrideFactory(schedule=schedule_of(alice, team=TeamFactory(is_private=True)))
    with pytest.raises(NotFound):
        schedules.get_override(actor_of(alice), override.public_id)


def test_the_number_of_queries_does_not_grow(
    alice: Any, bob: Any, team: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        schedule_of(alice, bob, team=team)
    with django_assert_max_num_queries(9):
        selectors.on_call_now(now=now)
