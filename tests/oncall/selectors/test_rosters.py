"""Who is on call for what."""

from datetime import datetime, timedelta
from typing import Any

from oncall.models import Schedule
from oncall.selectors import rosters
from tests.factories.accounts import TeamFactory


def test_shifts_of_a_person_are_those_of_all_roles(schedule: Schedule, alice: Any, now: datetime) -> None:
    mine = rosters.shifts_of_person(alice.pk, now, now + timedelta(weeks=2))
    assert [one.shift.role for one in mine] == ["primary", "secondary", "primary"]


def test_the_exact_name_comes_first(bob: Any, actor_of: Any, now: datetime) -> None:
    TeamFactory(name="Pay", slug="pay")
    assert [str(one.team) for one in rosters.answers(actor_of(bob), "pay", now=now)] == ["Pay", "Payments"]
