"""Duties and pages from rows."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oncall.models import Schedule
from oncall.models.pages import COPY
from oncall.selectors import duty
from tests.factories.oncall import NOON
from tests.oncall.duty import page, shift

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_past_is_as_it_is_on_record_and_the_rest_as_planned(schedule: Schedule, alice: Any, bob: Any) -> None:
    shift(schedule, bob, NOON - DAY, NOON)
    found = duty.duties_of_team(schedule.team_id, NOON - DAY, NOON + DAY)
    primaries = [(one.person, one.start) for one in found if one.role == "primary"]
    assert primaries == [(bob.pk, NOON - DAY), (alice.pk, NOON)]


def test_what_an_archived_schedule_has_on_record_still_counts(schedule: Schedule, bob: Any) -> None:
    shift(schedule, bob, NOON - DAY, NOON)
    Schedule.objects.update(archived_at=NOON)
    (team,) = duty.duties_of_team(schedule.team_id, NOON - timedelta(hours=1), NOON + DAY)
    assert (team.start, team.end) == (NOON - timedelta(hours=1), NOON)
    assert duty.duties_of_person(bob.pk, NOON - DAY, NOON)[0].start == NOON - DAY


def test_a_person_has_their_own_duties(schedule: Schedule, alice: Any, vera: Any) -> None:
    found = duty.duties_of_person(alice.pk, NOON, NOON + DAY)
    assert [(one.person, one.role) for one in found] == [(alice.pk, "primary")]
    assert duty.duties_of_person(vera.pk, NOON, NOON + DAY) == []


def test_pages_that_went_out_count_and_copies_and_tests_do_not(team: Any, alice: Any, bob: Any) -> None:
    page(alice, team, NOON)
    page(alice, team, NOON, rule=COPY)
    page(alice, team, NOON, is_test=True)
    page(alice, team, NOON + DAY)
    page(bob, team, NOON)
    (found,) = duty.rings([alice.pk], NOON, NOON + DAY)
    assert (found.person, found.team, found.at) == (alice.pk, team.pk, NOON)


def test_a_zone_that_is_not_known_is_utc(alice: Any, now: datetime) -> None:
    alice.time_zone = "Mars/Base"
    assert duty.clock_of(alice, at=now).zone.key == "UTC"


def test_holidays_are_those_of_the_country(now: datetime) -> None:
    assert date(2026, 10, 26) in duty.holidays_around("AT", "", now)
    assert duty.holidays_around("ZZ", "", now) == duty.holidays_around("", "", now) == frozenset()
