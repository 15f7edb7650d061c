"""Fixed shifts in the place of all layers for a while."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain import templates
from oncall.models import Schedule
from oncall.selectors import schedules
from oncall.services import schedules as writing
from oncall.services import temporary
from oncall.services.temporary import FixedShift
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Conflict, Invalid, NotFound
from tests.factories.oncall import MONDAY

ACTOR = Actor.system("test")
HOUR = timedelta(hours=1)


def add(schedule: Schedule, user: Any, now: datetime, start: int = 1, end: int = 9) -> Schedule:
    span = now + start * HOUR, now + end * HOUR
    shifts = [FixedShift("primary", (user.pk,), *span)]
    told: dict[str, Any] = {"name": "Fair", "starts_at": span[0], "ends_at": span[1], "shifts": shifts}
    return temporary.add_temporary(actor=ACTOR, schedule=schedule, now=now, **told)


def primaries(schedule: Schedule, start: datetime, end: datetime) -> list[str]:
    found = schedules.shifts(schedules.schedules_of(schedule.team_id)[0], start, end)
    return [" ".join(map(str, one.users)) for one in found if one.role == "primary"]


def test_it_takes_the_place_of_the_layers_and_the_secondary_rests(schedule: Schedule, bob: Any, now: datetime) -> None:
    add(schedule, bob, now)
    assert primaries(schedule, now, now + 12 * HOUR) == ["Alice", "Bob", "Alice"]
    found = schedules.on_call_of(schedules.schedules_of(schedule.team_id), now=now + 2 * HOUR)
    assert [one.role for one in found] == ["primary"]


def test_one_that_runs_ends_now_and_keeps_its_past(schedule: Schedule, bob: Any, now: datetime) -> None:
    add(schedule, bob, now)
    temporary.end_temporary(actor=ACTOR, schedule=schedule, name="Fair", now=now + 3 * HOUR)
    assert primaries(schedule, now + 2 * HOUR, now + 5 * HOUR) == ["Bob", "Alice"]
    with pytest.raises(NotFound):
        temporary.end_temporary(actor=ACTOR, schedule=schedule, name="Fair", now=now + 3 * HOUR)


def test_a_version_that_is_planned_keeps_it_too(schedule: Schedule, alice: Any, bob: Any, now: datetime) -> None:
    planned = templates.weekly("UTC", MONDAY, [str(bob.pk), str(alice.pk)])
    told: dict[str, Any] = {"definition": planned, "effective_from": now + 4 * HOUR}
    writing.change(actor=ACTOR, schedule=schedule, now=now, **told)
    add(schedule, alice, now, 3, 6)
    assert primaries(schedule, now, now + 8 * HOUR) == ["Alice", "Alice", "Bob"]
    assert len(schedules.coming_versions(schedule, now)) == 1


def test_a_name_stands_once(schedule: Schedule, bob: Any, now: datetime) -> None:
    add(schedule, bob, now)
    with pytest.raises(Conflict):
        add(schedule, bob, now)


def test_what_cannot_be_is_named(schedule: Schedule, bob: Any, charlie: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        add(schedule, bob, now, 5, 2)
    assert list(refused.value.fields) == ["ends_at"]
    with pytest.raises(Invalid) as refused:
        add(schedule, charlie, now)
    assert list(refused.value.fields) == ["definition.temporary.0.shifts.0.people.0"]
