"""The list of plans."""

from typing import Any

import pytest

from slo.models import PlanBudget
from tests.factories.capacity import PlanStepFactory

pytestmark = pytest.mark.django_db


def test_plans_with_their_money(service: Any, vera: Any, client_for: Any) -> None:
    step = PlanStepFactory(plan__resource__service=service, cost=800)
    PlanBudget.objects.create(plan=step.plan, year=2026, quarter=2, amount=500)
    response = client_for(vera).get("/capacity/plans/")
    assert b"More disks" in response.content
    ((_, total),) = response.context["rows"]
    assert total.left == -300


def test_without_plans_it_leads_to_the_resources(vera: Any, client_for: Any) -> None:
    assert b"No plans yet" in client_for(vera).get("/capacity/plans/").content
