"""From pushed points to an alert, an order, and the end of the alert."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from oncall.models import Alert
from portal.accounts.models import AuditEntry
from slo.models import Resource
from slo.services import capacity_plans, capacity_points, plan_steps, resources, shortages

pytestmark = pytest.mark.django_db


def state() -> tuple[bool, list[str]]:
    """Whether the resource is short, and the status of its alerts."""
    return Resource.objects.get().is_warning, list(Alert.objects.values_list("status", flat=True))


@pytest.fixture
def pushed(service: Any, alice: Any, actor_of: Any, now: datetime) -> tuple[Any, Resource]:
    """80 of 100 GiB after 30 days that added one each; an order takes 25 days."""
    actor, facts = actor_of(alice), {"name": "Disk", "unit": "GiB", "limit": Decimal(100), "lead_time_days": 25}
    resource = resources.create_resource(actor=actor, service=service, facts=facts, now=now)
    days = [datetime.combine(now.date() - timedelta(days=number), time(), UTC) for number in range(1, 31)]
    readings = [(day, Decimal(81 - number)) for number, day in enumerate(days, 1)]
    capacity_points.push_points(actor=actor, resource=resource, readings=readings, now=now)
    return actor, resource


def test_an_order_ends_the_alert_and_its_arrival_raises_the_limit(pushed: tuple[Any, Resource], now: datetime) -> None:
    actor, resource = pushed
    assert state() == (True, ["firing"])
    plan = capacity_plans.create_plan(actor=actor, resource=resource, name="Disks", currency="EUR", now=now)
    due_on = now.date() + timedelta(days=10)
    facts = {"what": "Buy", "due_on": due_on, "cost": Decimal(900), "adds": Decimal(50), "status": "ordered"}
    step = plan_steps.add_step(actor=actor, plan=plan, facts=facts, now=now)
    assert state() == (False, ["resolved"])
    plan_steps.update_step(actor=actor, step=step, facts={"status": "done"}, now=now + timedelta(days=9))
    assert Resource.objects.get().limit == 150


def test_an_order_that_is_dropped_brings_the_alert_back(pushed: tuple[Any, Resource], now: datetime) -> None:
    actor, resource = pushed
    plan = capacity_plans.create_plan(actor=actor, resource=resource, name="Disks", currency="EUR", now=now)
    facts = {"what": "Buy", "due_on": now.date(), "cost": Decimal(9), "adds": Decimal(50), "status": "ordered"}
    step = plan_steps.add_step(actor=actor, plan=plan, facts=facts, now=now)
    plan_steps.update_step(actor=actor, step=step, facts={"status": "dropped"}, now=now)
    assert state()[0]
    assert sorted(state()[1]) == ["firing", "resolved"]


def test_the_end_of_a_plan_brings_the_alert_back_with_the_next_tick(pushed: Any, now: datetime) -> None:
    actor, resource = pushed
    plan = capacity_plans.create_plan(actor=actor, resource=resource, name="Disks", currency="EUR", now=now)
    facts = {"what": "Buy", "due_on": now.date(), "cost": Decimal(9), "adds": Decimal(50), "status": "ordered"}
    plan_steps.add_step(actor=actor, plan=plan, facts=facts, now=now)
    capacity_plans.archive_plan(actor=actor, plan=plan, now=now)
    assert shortages.refresh_due(now=now) == 1
    assert state()[0]


def test_every_step_of_the_story_is_audited(pushed: tuple[Any, Resource], now: datetime) -> None:
    actor, resource = pushed
    plan = capacity_plans.create_plan(actor=actor, resource=resource, name="Disks", currency="EUR", now=now)
    capacity_plans.set_budget(actor=actor, plan=plan, quarter=(2026, 1), amount=Decimal(900), now=now)
    resources.archive_resource(actor=actor, resource=resource, now=now)
    found = set(AuditEntry.objects.values_list("action", flat=True))
    assert {
        "resource.created",
        "resource.points_pushed",
        "capacity_plan.created",
        "capacity_plan.budgeted",
        "resource.archived",
    } <= found
