"""From rows to the resolver: calendars as layers, intended gaps, versions before and after."""

from datetime import datetime, timedelta
from typing import Any

from oncall.domain import templates
from oncall.models import CalendarSource, Schedule
from oncall.selectors import planning, schedules
from tests.factories.oncall import MONDAY, ScheduleFactory

DAY = timedelta(days=1)


def calendar(schedule: Schedule, user: Any, start: datetime, **fields: Any) -> CalendarSource:
    span = {"starts_at": start.isoformat(), "ends_at": (start + DAY).isoformat()}
    told = {"name": "Company", "role": "primary", "shifts": [span | {"people": [str(user.pk)]}, {"people": 5}]}
    return CalendarSource.objects.create(schedule=schedule, url="x", fetch_due_at=start, **told | fields)


def primaries(schedule: Schedule, start: datetime, end: datetime) -> list[tuple[str, str]]:
    [fresh] = schedules.schedules_of(schedule.team_id)
    found = schedules.shifts(fresh, start, end)
    return [(" ".join(map(str, one.users)), one.source) for one in found if one.role == "primary"]


def test_a_calendar_elsewhere_is_a_layer(schedule: Schedule, bob: Any, now: datetime) -> None:
    calendar(schedule, bob, now + DAY, level=1)
    assert primaries(schedule, now, now + 3 * DAY) == [("Alice", "rotation"), ("Bob", "Company"), ("Alice", "rotation")]


def test_a_temporary_schedule_takes_the_place_of_a_calendar_too(schedule: Schedule, bob: Any, now: datetime) -> None:
    calendar(schedule, bob, now, level=1)
    version = schedule.versions.get()
    span = {"starts_at": now.isoformat(), "ends_at": (now + DAY).isoformat(), "shifts": []}
    schedule.versions.update(definition=version.definition | {"temporary": [span]})
    assert primaries(schedule, now, now + DAY) == [("", "gap")]


def test_intended_gaps_are_no_gaps_and_a_time_without_a_version_is_one(
    schedule: Schedule, alice: Any, now: datetime
) -> None:
    weekly = templates.weekly("UTC", MONDAY, [str(alice.pk)])
    intended = [{"role": "secondary", "from": "00:00", "to": "00:00"}]
    schedule.versions.update(definition=weekly | {"intended_gaps": intended}, effective_from=now)
    [fresh] = schedules.schedules_of(schedule.team_id)
    assert [(gap.role, gap.start, gap.end) for gap in schedules.gaps(fresh, now - DAY, now + DAY)] == [
        ("primary", now - DAY, now)
    ]


def test_a_schedule_without_versions_has_no_primary(team: Any, now: datetime) -> None:
    bare = ScheduleFactory(team=team)
    assert planning.inputs(bare, now, now + DAY) == ([], [], [])
    assert [gap.role for gap in schedules.gaps(bare, now, now + DAY)] == ["primary"]
