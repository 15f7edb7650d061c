"""Reading plans."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.exceptions import PlanNotFound
from slo.models import CapacityPlan, PlanBudget
from slo.selectors import capacity_plans
from slo.services.capacity_plans import create_plan
from tests.factories.capacity import CapacityPlanFactory, PlanStepFactory, filled, growing

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(service: Any, now: datetime) -> CapacityPlan:
    """Made on 4 March, when the limit of 100 was foretold for 3 April."""
    resource = growing(service=service, until=now.date(), limit=100)
    return create_plan(actor=Actor.system("tests"), resource=resource, name="Disks", currency="EUR", now=now)


def test_money_and_capacity_together(plan: CapacityPlan, now: datetime) -> None:
    PlanBudget.objects.create(plan=plan, year=2026, quarter=1, amount=1000)
    PlanStepFactory(plan=plan, due_on=date(2026, 3, 20), cost=800, adds=20)
    PlanStepFactory(plan=plan, status="dropped", cost=800, adds=20)
    found: Any = capacity_plans.view(plan, today=now.date())
    assert (found.total.budget, found.total.planned, found.total.left, found.added) == (1000, 800, 200, 20)
    assert found.crossing is None
    assert found.outlook.forecast.crossing is not None


def test_a_plan_that_adds_too_little_has_a_later_date(plan: CapacityPlan, now: datetime) -> None:
    PlanStepFactory(plan=plan, due_on=date(2026, 3, 20), adds=5)
    found: Any = capacity_plans.view(plan, today=now.date())
    assert found.crossing is not None
    assert found.crossing.likely == date(2026, 4, 8)


def test_what_was_foretold_against_what_came_true(plan: CapacityPlan) -> None:
    filled(plan.resource, [73, 74], until=date(2026, 3, 7))
    found: Any = capacity_plans.view(plan, today=date(2026, 3, 7))
    assert found.foretold[date(2026, 3, 5)] == (71, 71, 71)
    assert found.actual == [(date(2026, 3, 5), 73), (date(2026, 3, 6), 74)]
    assert (found.comparison.n, found.comparison.within) == (2, 0)
    assert found.comparison.bias_ratio == Fraction(4, 147)


def test_what_is_private_is_not_there(service: Any, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    step = PlanStepFactory(plan__resource__service=service)
    assert not capacity_plans.plans(actor_of(charlie)).exists()
    with pytest.raises(PlanNotFound):
        capacity_plans.get_plan(actor_of(charlie), step.plan.public_id)
    with pytest.raises(PlanNotFound):
        capacity_plans.get_step(actor_of(charlie), step.public_id)


def test_archived_plans_are_not_listed(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    CapacityPlanFactory(resource__service=service, archived_at=now)
    kept = CapacityPlanFactory(resource__service=service)
    assert list(capacity_plans.plans(actor_of(alice))) == [kept]
