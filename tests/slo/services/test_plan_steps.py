"""Steps of plans and what they add."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Conflict, Invalid
from slo.models import PlanStep, Resource
from slo.services import plan_steps
from tests.factories.capacity import CapacityPlanFactory, PlanStepFactory, growing

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
FACTS = {"what": "Order a disk", "due_on": date(2026, 3, 10), "cost": Decimal(500), "adds": Decimal(50)}


def update(step: PlanStep, now: datetime, **facts: Any) -> PlanStep:
    return plan_steps.update_step(actor=ACTOR, step=step, facts=facts, now=now)


def limit() -> Any:
    return Resource.objects.get().limit


def test_a_step_that_is_done_raises_the_limit_once(now: datetime) -> None:
    step = PlanStepFactory(adds=50)
    assert [update(step, now, status="done").done_on for _ in range(2)] == [now.date()] * 2
    assert limit() == 150
    update(step, now, adds=Decimal(80))
    assert limit() == 180
    assert update(step, now, status="planned").done_on is None
    assert limit() == 100


def test_a_step_may_be_done_from_the_start(now: datetime) -> None:
    plan = CapacityPlanFactory()
    step: Any = plan_steps.add_step(actor=ACTOR, plan=plan, facts={**FACTS, "status": "done"}, now=now)
    assert (step.done_on, limit()) == (now.date(), 150)
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["plan_step.added", "resource.updated"]


def test_an_ordered_step_ends_the_warning(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), level=51, limit=80)
    plan = CapacityPlanFactory(resource=resource)
    step = plan_steps.add_step(actor=ACTOR, plan=plan, facts=FACTS, now=now)
    assert Resource.objects.get().is_warning
    update(step, now, status="ordered")
    assert not Resource.objects.get().is_warning


def test_an_undone_step_leaves_some_capacity(now: datetime) -> None:
    step = PlanStepFactory(adds=50, status="done", done_on=now.date())
    Resource.objects.update(limit=40)
    with pytest.raises(Conflict):
        update(step, now, status="planned")


def test_a_limit_stays_a_number_that_can_be_kept(now: datetime) -> None:
    step = PlanStepFactory(adds=Decimal(10) ** 17 - 1)
    with pytest.raises(Conflict):
        update(step, now, status="done")
    assert limit() == 100


def test_all_wrong_fields_are_named(now: datetime) -> None:
    wrong = {"what": " ", "cost": Decimal(-1), "adds": Decimal(-1), "actual_cost": Decimal(-1), "status": "lost"}
    with pytest.raises(Invalid) as refused:
        plan_steps.add_step(actor=ACTOR, plan=CapacityPlanFactory(), facts={**FACTS, **wrong}, now=now)
    assert set(refused.value.fields) == set(wrong)


def test_a_repeat_is_no_change(now: datetime) -> None:
    step = PlanStepFactory()
    assert update(step, now, what=step.what).version == 1
    assert not AuditEntry.objects.exists()
