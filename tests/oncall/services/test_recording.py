"""Past shifts are on record, once."""

from datetime import datetime, timedelta
from typing import Any

from oncall.domain import templates
from oncall.models import Schedule, Shift
from oncall.selectors import schedules
from oncall.services import recording
from oncall.services import schedules as writing
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import MONDAY

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


def fresh(schedule: Schedule, now: datetime) -> Schedule:
    Schedule.objects.update(recorded_until=now - WEEK)
    schedule.refresh_from_db()
    return schedule


def test_a_pass_records_up_to_the_full_hour_and_a_repeat_finds_nothing(schedule: Schedule, now: datetime) -> None:
    fresh(schedule, now)
    assert [recording.record_due(now=now + timedelta(minutes=59)) for _ in range(2)] == [1, 0]
    found = Shift.objects.filter(role="primary").order_by("starts_at")
    assert [(str(one.user), one.ends_at - one.starts_at) for one in found] == [
        ("Bob", 5 * timedelta(days=1) - 3 * HOUR),
        ("Alice", 2 * timedelta(days=1) + 3 * HOUR),
    ]


def test_a_shift_that_runs_on_is_lengthened(schedule: Schedule, now: datetime) -> None:
    fresh(schedule, now)
    recording.record_due(now=now)
    before = Shift.objects.count()
    recording.record_due(now=now + HOUR)
    assert Shift.objects.count() == before
    assert Shift.objects.filter(ends_at=now + HOUR).count() == 2


def test_a_long_past_is_recorded_in_parts(schedule: Schedule, now: datetime) -> None:
    assert [recording.record_due(now=now) for _ in range(3)] == [1, 1, 0]


def test_no_later_edit_rewrites_the_record(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    fresh(schedule, now)
    recording.record_due(now=now)
    schedule.versions.update(definition=templates.weekly("UTC", MONDAY, [str(bob.pk)]))
    found = schedules.shifts(schedules.schedules_of(schedule.team_id)[0], now - WEEK, now + HOUR)
    assert [str(one.users[0]) for one in found if one.role == "primary"] == ["Bob", "Alice", "Bob"]


def test_an_archived_schedule_is_recorded_to_its_end(schedule: Schedule, now: datetime) -> None:
    writing.archive(actor=Actor.system("test"), schedule=fresh(schedule, now), now=now - HOUR)
    assert [recording.record_due(now=now) for _ in range(2)] == [1, 0]
    assert Shift.objects.filter(ends_at=now - HOUR).exists()
