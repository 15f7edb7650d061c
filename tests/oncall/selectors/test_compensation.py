"""Rules, and statements from rows."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from oncall.models import Schedule
from oncall.selectors import compensation
from portal.accounts.selectors.actors import actor_for_user
from portal.lib.errors import NotFound, PermissionDenied
from tests.oncall.duty import MARCH, MARCH_SPAN, page, rule, shift

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
START = MARCH_SPAN[0] + timedelta(days=2)


@pytest.fixture
def paid(schedule: Schedule, bob: Any) -> Schedule:
    """Bob had ten hours in March, and nobody anything else."""
    shift(schedule, bob, START, START + 10 * HOUR)
    Schedule.objects.update(recorded_until=MARCH_SPAN[1] + timedelta(days=5))
    return schedule


def money(team: Any) -> list[tuple[str, Decimal]]:
    return [(str(one.user), one.statement.money["EUR"]) for one in compensation.team_statements(team, MARCH)]


def test_what_is_on_record_is_paid(paid: Schedule, team: Any) -> None:
    rule(team)
    assert money(team) == [("Bob", Decimal("60.00"))]


def test_a_rule_pays_from_its_first_day_until_its_last(paid: Schedule, team: Any) -> None:
    rule(team, effective_until=date(2026, 3, 3))
    rule(team, name="Twice", terms={"rate": "80", "lines": [{"kind": "percentage", "percent": "15"}]})
    rule(team, effective_from=date(2026, 3, 4))
    assert money(team) == [("Bob", Decimal("120.00"))]


def test_a_rule_that_ended_before_it_began_is_not_there(team: Any) -> None:
    rule(team, effective_until=date(2026, 1, 1))
    assert list(compensation.rules_of(team)) == compensation.rules_between(team, MARCH, date(2026, 4, 1)) == []


def test_only_pages_of_the_team_are_paid(paid: Schedule, team: Any, other_team: Any, bob: Any) -> None:
    rule(team, terms={"lines": [{"kind": "flat", "per": "page", "amount": "5"}]})
    page(bob, team, START)
    page(bob, other_team, START)
    assert money(team) == [("Bob", Decimal("5.00"))]


def test_the_clock_of_the_rule_comes_before_that_of_the_person(paid: Schedule, team: Any, bob: Any) -> None:
    night = [{"kind": "flat", "per": "hour", "amount": "1", "of": ["night"]}]
    rule(team, terms={"time_zone": "Asia/Kathmandu", "lines": night})
    assert money(team) == [("Bob", Decimal("1.25"))]


def test_ones_own_statement_is_of_every_team_that_pays(paid: Schedule, team: Any, bob: Any, alice: Any) -> None:
    rule(team)
    (own,) = compensation.own_statements(bob, MARCH)
    assert (own.team, own.user) == (team, bob)
    assert compensation.own_statements(alice, MARCH) == []


def test_the_calendar_is_that_of_the_rules(team: Any, now: datetime) -> None:
    assert compensation.calendar_of(team, now.date()) == ("", "")
    rule(team, terms={"country": "DE", "subdivision": "BY", "lines": []})
    assert compensation.calendar_of(team, now.date()) == ("DE", "BY")


def test_a_rule_is_there_for_managers_only(team: Any, alice: Any, bob: Any, charlie: Any) -> None:
    made = rule(team)
    assert compensation.get_rule(actor_for_user(alice), made.public_id) == made
    with pytest.raises(PermissionDenied):
        compensation.get_rule(actor_for_user(bob), made.public_id)
    team.is_private = True
    team.save()
    with pytest.raises(NotFound):
        compensation.get_rule(actor_for_user(charlie), made.public_id)
