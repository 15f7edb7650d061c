"""Schedules are changed by opening a new version."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from oncall.models import Schedule
from oncall.selectors import schedules as found_schedules
from oncall.services import schedules
from oncall.services.schedules import ScheduleFields
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Conflict, Invalid, PreconditionFailed

ACTOR = Actor.system("test")
WEEK = timedelta(weeks=1)


@pytest.fixture
def fields(alice: Any, bob: Any) -> ScheduleFields:
    return ScheduleFields("Weekly", "UTC", 0, time(9), (alice.pk, bob.pk))


@pytest.fixture
def made(team: Any, fields: ScheduleFields, now: datetime) -> Schedule:
    return schedules.create_schedule(actor=ACTOR, team_id=team.pk, fields=fields, now=now)


def edit(made: Schedule, fields: ScheduleFields, now: datetime, version: int | None = None) -> Schedule:
    return schedules.edit_schedule(actor=ACTOR, schedule=made, fields=fields, expected_version=version, now=now)


def primaries(start: datetime, end: datetime) -> list[str]:
    found = found_schedules.shifts(Schedule.objects.get(), start, end)
    return [str(shift.users[0]) if shift.users else "" for shift in found if shift.role == "primary"]


def test_the_first_person_is_primary_in_the_week_that_runs(made: Schedule, now: datetime) -> None:
    assert made.versions.get().definition["layers"][0]["rotation"]["starts_at"] == "2026-03-02T09:00:00"
    assert primaries(now - WEEK, now + WEEK) == ["", "Alice", "Bob"]


def test_an_edit_never_rewrites_who_was_on_call(made: Schedule, fields: ScheduleFields, now: datetime) -> None:
    edit(made, replace(fields, member_ids=fields.member_ids[::-1]), now + WEEK)
    assert primaries(now, now + WEEK) == ["Alice", "Bob"]


def test_an_edit_in_the_same_instant_is_harmless(made: Schedule, fields: ScheduleFields, now: datetime) -> None:
    edit(made, replace(fields, member_ids=fields.member_ids[::-1]), now)
    assert primaries(now, now + timedelta(hours=1)) == ["Bob"]


def test_a_stale_editor_is_told(made: Schedule, fields: ScheduleFields, now: datetime) -> None:
    edit(made, fields, now, version=1)
    with pytest.raises(PreconditionFailed):
        edit(made, fields, now, version=1)


def test_a_name_is_used_once_a_team(made: Schedule, team: Any, fields: ScheduleFields, now: datetime) -> None:
    with pytest.raises(Conflict):
        schedules.create_schedule(actor=ACTOR, team_id=team.pk, fields=fields, now=now)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"member_ids": ()}, "members"), ({"member_ids": (0,)}, "members"), ({"zone": "Mars/Base"}, "time_zone")],
)
def test_what_cannot_be_is_named(
    team: Any, fields: ScheduleFields, now: datetime, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        schedules.create_schedule(actor=ACTOR, team_id=team.pk, fields=replace(fields, **changes), now=now)
    assert list(refused.value.fields) == [field]


def test_who_left_the_team_may_stay_in_an_order_and_not_enter_one(
    made: Schedule, team: Any, fields: ScheduleFields, bob: Any, now: datetime
) -> None:
    team.memberships.filter(user=bob).delete()
    assert edit(made, fields, now).version == 2


def test_both_steps_are_audited(made: Schedule, fields: ScheduleFields, now: datetime) -> None:
    edit(made, replace(fields, name="Other"), now)
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["schedule.created", "schedule.updated"]
