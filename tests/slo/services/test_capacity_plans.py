"""Plans and their budgets."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.models import CapacityPlan, PlanBudget, Resource
from slo.services import capacity_plans
from tests.factories.capacity import CapacityPlanFactory, PlanStepFactory, ResourceFactory, growing

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")


def test_the_forecast_of_the_day_is_kept(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), limit=100)
    plan = capacity_plans.create_plan(actor=ACTOR, resource=resource, name="Disks", currency="eur", now=now)
    kept = plan.baseline
    assert (plan.currency, kept["state"], kept["model"], kept["limit"]) == ("EUR", "growing", "linear", "100.000000")
    assert kept["crossing"] == "2026-04-03"
    assert kept["points"][0] == ["2026-03-05", "71.000000", "71.000000", "71.000000"]
    assert kept["points"][-1][0] == "2026-04-12"


def test_without_a_forecast_nothing_is_foretold(now: datetime) -> None:
    plan = capacity_plans.create_plan(actor=ACTOR, resource=ResourceFactory(), name="Disks", currency="EUR", now=now)
    assert plan.baseline == {"state": "insufficient_data", "limit": "100.000000", "points": []}


def test_all_wrong_fields_are_named(now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        capacity_plans.create_plan(actor=ACTOR, resource=ResourceFactory(), name=" ", currency="€", now=now)
    assert set(refused.value.fields) == {"name", "currency"}


def test_a_budget_is_set_changed_and_taken_back(now: datetime) -> None:
    plan = CapacityPlanFactory()
    for amount in (500, 500, 700, 0, 0):
        capacity_plans.set_budget(actor=ACTOR, plan=plan, quarter=(2026, 2), amount=Decimal(amount), now=now)
    assert not PlanBudget.objects.exists()
    changes = AuditEntry.objects.filter(action="capacity_plan.budgeted").order_by("pk")
    assert [entry.changes["2026 Q2"][1] for entry in changes] == ["500", "700", "0"]


@pytest.mark.parametrize(
    ("quarter", "amount", "field"),
    [((1999, 1), 1, "year"), ((2026, 5), 1, "quarter"), ((2026, 1), -1, "amount")],
    ids=["year", "quarter", "amount"],
)
def test_a_wrong_budget_is_named(now: datetime, quarter: tuple[int, int], amount: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        capacity_plans.set_budget(
            actor=ACTOR, plan=CapacityPlanFactory(), quarter=quarter, amount=Decimal(amount), now=now
        )
    assert list(refused.value.fields) == [field]


def test_the_end_of_a_plan_asks_for_a_new_forecast(now: datetime) -> None:
    step = PlanStepFactory(plan__resource__forecast_on=date(2026, 3, 4))
    for _ in range(2):
        capacity_plans.archive_plan(actor=ACTOR, plan=step.plan, now=now)
    assert CapacityPlan.objects.get().archived_at == now
    assert Resource.objects.get().forecast_on is None
