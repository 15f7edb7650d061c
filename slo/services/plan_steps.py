"""The steps of a plan. A step that is done raises the limit of its resource, one that is undone lowers it again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Conflict, Invalid
from slo.models import CapacityPlan, PlanStep, Resource
from slo.models.capacity_plans import STATUSES
from slo.services import shortages

FACTS = ("what", "due_on", "cost", "adds", "ticket_url", "owner", "status", "actual_cost")
DONE = "done"
LARGEST = Decimal(10) ** 17


def shown(step: PlanStep) -> dict[str, Any]:
    """The facts of a step, for the audit log and for forms."""
    return {name: getattr(step, name) for name in FACTS}


@transaction.atomic
def add_step(*, actor: Actor, plan: CapacityPlan, facts: Mapping[str, Any], now: datetime) -> PlanStep:
    """Adds a step to a plan."""
    step = PlanStep(plan=plan, created_at=now, **facts)
    _check(step)
    step.done_on = now.astimezone(UTC).date() if step.status == DONE else None
    step.save()
    audit.record(actor=actor, action="plan_step.added", target=step, after=shown(step), now=now)
    _grow(step, Decimal(0), actor=actor, now=now)
    return step


@transaction.atomic
def update_step(*, actor: Actor, step: PlanStep, facts: Mapping[str, Any], now: datetime) -> PlanStep:
    """Changes a step; what it adds to the limit of the resource follows its status."""
    step = PlanStep.objects.select_for_update(of=("self",)).select_related("plan__resource").get(pk=step.pk)
    before, added = shown(step), _added(step)
    for name, value in facts.items():
        setattr(step, name, value)
    _check(step)
    if step.status != DONE:
        step.done_on = None
    elif step.done_on is None:
        step.done_on = now.astimezone(UTC).date()
    if shown(step) != before:
        step.version += 1
        step.save()
        audit.record(actor=actor, action="plan_step.updated", target=step, before=before, after=shown(step), now=now)
        _grow(step, added, actor=actor, now=now)
    return step


def _added(step: PlanStep) -> Decimal:
    return step.adds if step.status == DONE else Decimal(0)


def _grow(step: PlanStep, before: Decimal, *, actor: Actor, now: datetime) -> None:
    """Moves the limit by what the step adds now and did not before, and makes the forecast anew."""
    growth = _added(step) - before
    resource = Resource.objects.select_for_update(of=("self",)).get(pk=step.plan.resource_id)
    if growth:
        if not 0 < resource.limit + growth < LARGEST:
            raise Conflict("The resource would have no capacity left, or more than can be; correct its limit first.")
        limit = resource.limit + growth
        Resource.objects.filter(pk=resource.pk).update(limit=limit, version=F("version") + 1)
        change = {"before": {"limit": resource.limit}, "after": {"limit": limit}}
        audit.record(actor=actor, action="resource.updated", target=resource, now=now, **change)
    shortages.refresh(resource, now=now)


def _check(step: PlanStep) -> None:
    found = {
        name: [text]
        for name, is_right, text in (
            ("what", bool(step.what.strip()), "Say what is to be done."),
            ("cost", 0 <= step.cost < LARGEST, "It is 0 or more."),
            ("adds", 0 <= step.adds < LARGEST, "It is 0 or more."),
            ("actual_cost", step.actual_cost is None or 0 <= step.actual_cost < LARGEST, "It is 0 or more."),
            ("status", step.status in dict(STATUSES), f"Choose one of {', '.join(dict(STATUSES))}."),
        )
        if not is_right
    }
    if found:
        raise Invalid(fields=found)
