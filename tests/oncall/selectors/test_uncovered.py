"""Services that nobody covers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from oncall.domain import escalation, escalation_json, templates
from oncall.models import Schedule
from oncall.selectors import uncovered
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors.actors import actor_for_user
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import MONDAY, PolicyFactory, ScheduleFactory, ScheduleVersionFactory

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


def policy(team: Any, **changes: Any) -> Any:
    return PolicyFactory(team=team, is_default=True, **changes)


def found(now: datetime, actor: Actor = SYSTEM) -> list[tuple[str, datetime]]:
    return [(one.service.name, one.since) for one in uncovered.uncovered_services(actor, now)]


def test_a_policy_that_reaches_somebody_covers(schedule: Schedule, team: Any, now: datetime) -> None:
    ServiceFactory(team=team)
    policy(team)
    assert found(now) == []


def test_a_team_of_nobody_covers_nothing(team: Any, now: datetime) -> None:
    ServiceFactory(team=team, name="Checkout")
    policy(team)
    assert found(now) == [("Checkout", now)]


def test_a_service_without_any_policy_has_the_usual_one(team: Any, now: datetime) -> None:
    ServiceFactory(team=team)
    assert found(now) == []


def test_services_of_a_private_team_are_not_told(team: Any, charlie: Any, now: datetime) -> None:
    team.is_private = True
    team.save()
    ServiceFactory(team=team)
    policy(team)
    assert found(now, actor_for_user(charlie)) == []


def until(team: Any, last: str, user: Any, **hours: Any) -> Schedule:
    """A schedule of one person that ends at `last`, perhaps only in some hours."""
    definition = templates.weekly("UTC", MONDAY, [str(user.pk)])
    layer = definition["layers"][0] | {"effective_until": last} | hours
    schedule: Schedule = ScheduleFactory(team=team)
    ScheduleVersionFactory(schedule=schedule, definition=definition | {"layers": [layer]})
    return schedule


def asking(team: Any, *schedules: Schedule) -> Any:
    targets = tuple(escalation.Target("schedule", one.pk, "primary") for one in schedules)
    return policy(team, plan=escalation_json.to_snapshot(escalation.Plan((escalation.Notify(targets),))))


def test_a_gap_that_is_to_come_is_told_with_its_beginning(team: Any, alice: Any, now: datetime) -> None:
    ServiceFactory(team=team, name="Checkout")
    asking(team, until(team, "2026-03-20T09:00:00Z", alice))
    assert found(now) == [("Checkout", datetime(2026, 3, 20, 9, tzinfo=UTC))]


def test_a_gap_beyond_thirty_days_is_not_told_yet(team: Any, alice: Any, now: datetime) -> None:
    ServiceFactory(team=team)
    asking(team, until(team, (now + timedelta(days=31)).isoformat().replace("+00:00", "Z"), alice))
    assert found(now) == []


def test_a_gap_that_another_schedule_fills_is_none_until_that_ends_too(team: Any, alice: Any, now: datetime) -> None:
    ServiceFactory(team=team, name="Checkout")
    days = [{"from": "09:00", "to": "17:00"}]
    office = until(team, "2027-01-01T00:00:00Z", alice, restrictions=days)
    asking(team, office, until(team, "2026-03-27T12:00:00Z", alice))
    assert found(now) == [("Checkout", datetime(2026, 3, 27, 17, tzinfo=UTC))]
