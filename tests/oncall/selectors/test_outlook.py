"""What lies ahead."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import Alert, Schedule
from oncall.selectors import outlook, schedules
from oncall.services import escalations
from tests.factories.oncall import OverrideFactory, schedule_of

MINUTE = timedelta(minutes=1)


def ahead(alert: Alert) -> list[tuple[datetime, list[str]]]:
    run = outlook.open_run(alert)
    return [(step.at, [str(user) for user in step.users]) for step in outlook.upcoming(run, team_id=alert.team_id)]


def test_the_next_steps_are_those_that_will_be_taken(fired: Alert, schedule: Schedule, now: datetime) -> None:
    escalations.tick(now=now)
    assert ahead(fired)[:2] == [(now + 5 * MINUTE, ["Bob"]), (now + 10 * MINUTE, ["Alice", "Bob"])]


def test_a_step_that_reaches_nobody_takes_no_time(fired: Alert, alice: Any, now: datetime) -> None:
    assert ahead(fired)[:3] == [(now, []), (now, []), (now, ["Alice"])]


def test_without_a_run_nothing_is_ahead() -> None:
    assert outlook.upcoming(None, team_id=1) == []


def published(schedule: Schedule, now: datetime) -> outlook.Published:
    return outlook.published(schedules.schedules_of(schedule.team_id)[0], now)


def test_rows_say_who_holds_both_roles(schedule: Schedule, bob: Any, now: datetime) -> None:
    OverrideFactory(schedule=schedule, user=bob)
    first, second, *_ = published(schedule, now).rows
    assert (first.end, first.is_override, first.has_gap) == (now + timedelta(hours=4), True, True)
    assert (second.is_override, second.has_gap) == (False, False)


def test_the_published_weeks_have_load_and_handoff(schedule: Schedule, now: datetime) -> None:
    found = published(schedule, now)
    assert sorted(str(load.user) for load in found.loads) == ["Alice", "Bob"]
    assert found.next_handoff == datetime.fromisoformat("2026-03-09T09:00:00+00:00")
    assert sum((load.primary or timedelta() for load in found.loads), timedelta()) == timedelta(days=92)


def test_what_is_wrong_is_said(team: Any, alice: Any, now: datetime) -> None:
    schedule = schedule_of(alice, team=team)
    type(alice).objects.update(is_active=False)
    assert published(schedule, now).warnings == [
        "Only 1 person shares this rotation; take three or more.",
        "Alice is deactivated and will not be paged.",
    ]


def test_hours_without_a_primary_are_said(team: Any, now: datetime) -> None:
    found = published(schedule_of(team=team), now)
    assert (found.uncovered, "without a primary" in found.warnings[-1]) == (1, True)
