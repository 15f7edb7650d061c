"""Versions in a chain: what counted stays, what is planned may be changed and withdrawn."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain import templates
from oncall.exceptions import VersionCounts
from oncall.models import Schedule
from oncall.selectors import schedules as found_schedules
from oncall.services import schedules
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid
from tests.factories.oncall import MONDAY

ACTOR = Actor.system("test")
DAY = timedelta(days=1)


def change(schedule: Schedule, users: list[Any], now: datetime, at: datetime | None = None) -> Schedule:
    definition = templates.weekly("UTC", MONDAY, [str(user.pk) for user in users])
    return schedules.change(actor=ACTOR, schedule=schedule, definition=definition, effective_from=at, now=now)


def days(schedule: Schedule, now: datetime) -> str:
    """The first letter of the primary at `now` and on each of the next days."""
    [fresh] = found_schedules.schedules_of(schedule.team_id)
    found = [found_schedules.on_call_of([fresh], now=now + day * DAY)[0] for day in range(4)]
    return "".join(str(one.user)[0] for one in found)


def test_a_version_may_be_planned_ahead(schedule: Schedule, bob: Any, now: datetime) -> None:
    change(schedule, [bob], now, now + 2 * DAY)
    assert days(schedule, now) == "AABB"
    assert [one.effective_from for one in found_schedules.coming_versions(schedule, now)] == [now + 2 * DAY]


def test_an_edit_now_lasts_until_the_planned_version(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    change(schedule, [alice], now, now + 2 * DAY)
    change(schedule, [bob], now)
    assert days(schedule, now) == "BBAA"


def test_a_planned_version_is_replaced_at_its_own_time(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    change(schedule, [bob], now, now + 2 * DAY)
    change(schedule, [alice], now, now + 2 * DAY)
    assert days(schedule, now) == "AAAA"
    assert len(found_schedules.coming_versions(schedule, now)) == 1


def test_a_planned_version_is_withdrawn_and_the_one_before_goes_on(schedule: Schedule, bob: Any, now: datetime) -> None:
    change(schedule, [bob], now, now + 2 * DAY)
    [planned] = found_schedules.coming_versions(schedule, now)
    schedules.withdraw_version(actor=ACTOR, schedule=schedule, version_id=planned.pk, now=now)
    assert (days(schedule, now), found_schedules.coming_versions(schedule, now)) == ("AAAA", [])
    with pytest.raises(VersionCounts):
        schedules.withdraw_version(actor=ACTOR, schedule=schedule, version_id=planned.pk, now=now)


def test_a_moment_that_has_passed_means_now(schedule: Schedule, bob: Any, now: datetime) -> None:
    change(schedule, [bob], now, now - 2 * DAY)
    version = found_schedules.current_version(schedule, now)
    assert version is not None
    assert version.effective_from == now


def test_what_is_wrong_is_named_by_its_path(schedule: Schedule, charlie: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        change(schedule, [charlie], now)
    assert "definition.layers.0.participants.0.0" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        schedules.publish(actor=ACTOR, team_id=schedule.team_id, name="New", definition={}, now=now)
    assert list(refused.value.fields) == ["definition.layers"]


def test_expectations_are_kept_in_the_teams_words(schedule: Schedule, now: datetime) -> None:
    told = schedules.set_expectations(actor=ACTOR, schedule=schedule, text="Answer in 15 minutes.", now=now)
    assert told.expectations == "Answer in 15 minutes."
