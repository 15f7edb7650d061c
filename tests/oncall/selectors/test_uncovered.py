"""Services that nobody covers."""

from datetime import datetime
from typing import Any

import pytest

from oncall.models import Schedule
from oncall.selectors import uncovered
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors.actors import actor_for_user
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import PolicyFactory

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
