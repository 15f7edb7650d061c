"""Who had too much duty."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from oncall.models import Schedule
from oncall.selectors import duty_risks
from tests.factories.oncall import schedule_of
from tests.oncall.duty import page, shift

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def test_what_is_too_much_is_told_to_the_person_first(schedule: Schedule, team: Any, alice: Any, bob: Any) -> None:
    broken = [MONDAY + day * DAY + 2 * HOUR for day in range(3)]
    for at in broken:
        page(alice, team, at)
    shift(schedule, bob, MONDAY, MONDAY + HOUR)
    told_at = MONDAY + WEEK + HOUR
    assert "night_interrupts" in [risk.rule for risk in duty_risks.own_risks(alice, told_at)]
    rules = {str(user): [risk.rule for risk in found] for user, found in duty_risks.team_risks(team, told_at)}
    assert "night_interrupts" not in rules.get("Alice", [])
    later = {str(user): [risk.rule for risk in found] for user, found in duty_risks.team_risks(team, told_at + WEEK)}
    assert "night_interrupts" in later["Alice"]


def test_limits_come_from_the_settings(settings: Any) -> None:
    settings.PORTAL_DUTY_NIGHT_INTERRUPTS = 5
    assert duty_risks.limits().night_interrupts == 5


def test_more_people_ask_no_more_of_the_database(
    schedule: Schedule, team: Any, alice: Any, bob: Any, vera: Any, django_assert_max_num_queries: Any
) -> None:
    for people in ([alice, bob], [bob, vera], [vera, alice]):
        schedule_of(*people, team=team)
    with django_assert_max_num_queries(13):
        duty_risks.team_risks(team, MONDAY + 4 * WEEK)
