"""One plan."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from portal.accounts.domain.actors import Actor
from slo.models import CapacityPlan
from slo.services.capacity_plans import create_plan
from tests.factories.capacity import CapacityPlanFactory, PlanStepFactory, filled, growing

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(service: Any, now: datetime) -> CapacityPlan:
    resource = growing(service=service, until=now.date(), limit=100)
    return create_plan(actor=Actor.system("tests"), resource=resource, name="Racks", currency="EUR", now=now)


def page(client: Any, plan: CapacityPlan, now: datetime) -> str:
    with time_machine.travel(now, tick=False):
        return str(client.get(f"/capacity/plans/{plan.public_id}/").content.decode())


def test_money_steps_and_dates(plan: CapacityPlan, alice: Any, client_for: Any, now: datetime) -> None:
    PlanStepFactory(plan=plan, what="Buy a rack", due_on=date(2026, 3, 20), adds=5, ticket_url="https://example.com/7")
    body = page(client_for(alice), plan, now)
    for text in ("Buy a rack", "2026 Q1", "8 Apr 2026", "3 Apr 2026", "https://example.com/7", "more than the budget"):
        assert text in body


def test_what_was_foretold_against_what_came_true(
    plan: CapacityPlan, vera: Any, client_for: Any, now: datetime
) -> None:
    filled(plan.resource, [71, 72], until=date(2026, 3, 7))
    body = page(client_for(vera), plan, datetime(2026, 3, 7, 12, tzinfo=now.tzinfo))
    assert "off over 2 days" in body
    assert "New step" not in body


def test_a_plan_without_a_forecast_says_so(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    plan = CapacityPlanFactory(resource__service=service, baseline={"state": "noisy"})
    assert "there was no forecast: noisy" in page(client_for(vera), plan, now)


def test_another_teams_plan_is_not_there(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    plan = CapacityPlanFactory(resource__service=service)
    assert client_for(charlie).get(f"/capacity/plans/{plan.public_id}/").status_code == 404
