"""The load of a team's month."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from oncall.models import CalendarSource, Schedule
from oncall.selectors import duty_reports
from portal.lib.errors import NotFound
from tests.factories.oncall import NOON, OverrideFactory, schedule_of
from tests.oncall.duty import MARCH_SPAN, page, rule

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def report(team: Any, start: datetime = MONDAY, end: datetime = MONDAY + WEEK) -> duty_reports.TeamReport:
    return duty_reports.team_report(team, start, end, [(start, end)])


def test_everybody_of_the_rotation_is_there_by_name(schedule: Schedule, team: Any, alice: Any, bob: Any) -> None:
    found = report(team, MONDAY + 9 * HOUR, MONDAY + 9 * HOUR + WEEK)
    assert [str(one.user) for one in found.people] == ["Alice", "Bob"]
    assert [one.load.hours / HOUR for one in found.people] == [168, 168]
    assert [balance.verdict for balance in found.rotations[0].balances] == ["even", "even", "even", "few"]


def test_two_rotations_at_once_count_once(schedule: Schedule, team: Any, alice: Any, bob: Any) -> None:
    schedule_of(alice, bob, team=team)
    found = report(team, NOON, NOON + DAY)
    assert [one.load.hours for one in found.people] == [DAY, DAY]
    assert [one.people[0].load.hours for one in found.rotations] == [DAY, DAY]


def test_pages_count_for_the_rotation_in_which_they_came(schedule: Schedule, team: Any, alice: Any) -> None:
    page(alice, team, NOON)
    page(alice, team, NOON + WEEK + DAY)
    found = duty_reports.team_report(team, *MARCH_SPAN, [])
    assert found.people[0].load.pages == found.rotations[0].people[0].load.pages == 2


def test_pages_outside_of_duty_are_of_no_rotation(schedule: Schedule, team: Any, alice: Any, bob: Any) -> None:
    OverrideFactory(schedule=schedule, user=bob, replaces=None, role="primary")
    Schedule.objects.update(recorded_until=None)
    page(alice, team, MONDAY - 10 * WEEK)
    found = report(team, MONDAY - 10 * WEEK, MONDAY - 9 * WEEK)
    assert sum(one.load.pages for one in found.rotations[0].people) == 0


def test_the_trend_adds_everybody_up(schedule: Schedule, team: Any, alice: Any) -> None:
    page(alice, team, NOON)
    page(alice, team, NOON + 11 * HOUR)
    (week,) = report(team, MONDAY + 9 * HOUR, MONDAY + 9 * HOUR + WEEK).weeks
    assert (float(week.hours), week.interrupts, week.night_interrupts) == (336, 2, 1)


def test_holidays_are_those_that_the_rules_of_the_team_name(schedule: Schedule, team: Any) -> None:
    rule(team, terms={"country": "AT", "lines": []})
    easter = datetime(2026, 4, 6, tzinfo=UTC)
    assert [one.load.holiday for one in report(team, easter, easter + DAY).people] == [DAY, DAY]


def test_ones_own_load_is_of_all_teams(schedule: Schedule, other_team: Any, alice: Any, bob: Any) -> None:
    schedule_of(bob, alice, team=other_team)
    load = duty_reports.own_load(alice, NOON, NOON + DAY)
    assert (load.hours, load.by_role) == (DAY, {"primary": DAY, "secondary": DAY})


def test_ones_own_rotations_stand_beside_their_means(schedule: Schedule, alice: Any) -> None:
    found = duty_reports.own_report(alice, NOON, NOON + DAY, [(NOON, NOON + DAY)])
    (own,) = found.rotations
    assert (own.schedule, own.load.hours) == (schedule, DAY)
    assert (float(own.balances[0].mean), float(found.weeks[0].hours)) == (24, 24)


def test_ones_own_holidays_are_those_of_the_teams(schedule: Schedule, team: Any, alice: Any) -> None:
    rule(team, terms={"country": "AT", "lines": []})
    easter = datetime(2026, 4, 6, tzinfo=UTC)
    assert duty_reports.own_load(alice, easter, easter + DAY).holiday == DAY


def test_one_rotation_can_be_looked_at_alone(schedule: Schedule, team: Any, alice: Any, bob: Any, vera: Any) -> None:
    other = schedule_of(vera, bob, team=team)
    page(bob, team, NOON)
    found = duty_reports.team_report(team, NOON, NOON + DAY, [(NOON, NOON + DAY)], other.public_id)
    assert [str(one.user) for one in found.people] == ["Bob", "Vera"]
    assert [one.schedule for one in found.rotations] == [other]
    assert (float(found.weeks[0].hours), found.people[0].load.pages) == (48, 1)


def test_a_rotation_of_another_team_is_not_there(schedule: Schedule, other_team: Any) -> None:
    with pytest.raises(NotFound):
        duty_reports.team_report(other_team, NOON, NOON + DAY, [], schedule.public_id)


def test_duty_by_a_calendar_elsewhere_is_ones_own_too(schedule: Schedule, vera: Any) -> None:
    shifts = [{"starts_at": "2026-03-04T12:00:00Z", "ends_at": "2026-03-05T12:00:00Z", "people": [str(vera.pk)]}]
    CalendarSource.objects.create(
        schedule=schedule, name="Google", url="", role="primary", level=9, shifts=shifts, fetch_due_at=NOON
    )
    assert duty_reports.own_load(vera, NOON, NOON + DAY).hours == DAY


def test_a_month_is_on_the_clock_of_the_team(team: Any) -> None:
    team.time_zone = "Europe/Vienna"
    assert duty_reports.month_span(team, MARCH_SPAN[0].date())[0] == MARCH_SPAN[0] - HOUR
