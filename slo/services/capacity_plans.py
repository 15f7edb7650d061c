"""Plans of capacity: made with the forecast of the day, and their budget by quarter."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from slo.domain.capacity.plans import Quarter
from slo.models import CapacityPlan, PlanBudget, Resource
from slo.selectors import capacity as selectors
from slo.selectors.capacity import Outlook
from slo.services import resources

LARGEST = Decimal(10) ** 17
PLACES = Decimal("0.000001")


@transaction.atomic
def create_plan(
    *, actor: Actor, resource: Resource, name: str, currency: str, now: datetime, notes: str = ""
) -> CapacityPlan:
    """Begins a plan and keeps the forecast of today with it, to be held against what comes true."""
    resource = resources.locked(resource)
    _check(name, currency)
    found = selectors.outlook(resource, today=now.astimezone(UTC).date())
    plan = CapacityPlan.objects.create(
        resource=resource,
        name=name.strip(),
        notes=notes,
        currency=currency.upper(),
        planned_on=found.today,
        baseline=baseline(found),
        author=actor.label[:160],
        created_at=now,
    )
    facts = {"name": plan.name, "resource": resource.name, "currency": plan.currency}
    audit.record(actor=actor, action="capacity_plan.created", target=plan, after=facts, now=now)
    return plan


@transaction.atomic
def set_budget(*, actor: Actor, plan: CapacityPlan, quarter: Quarter, amount: Decimal, now: datetime) -> None:
    """Sets the money of one quarter; zero takes the quarter out of the budget. A repeat changes nothing."""
    _check_budget(quarter, amount)
    year, number = quarter
    found = PlanBudget.objects.select_for_update().filter(plan=plan, year=year, quarter=number).first()
    before = Decimal(0) if found is None else found.amount
    if before == amount:
        return
    if amount:
        PlanBudget.objects.update_or_create(plan=plan, year=year, quarter=number, defaults={"amount": amount})
    elif found:
        found.delete()
    label = f"{year} Q{number}"
    audit.record(
        actor=actor,
        action="capacity_plan.budgeted",
        target=plan,
        before={label: before},
        after={label: amount},
        now=now,
    )


@transaction.atomic
def archive_plan(*, actor: Actor, plan: CapacityPlan, now: datetime) -> None:
    """Ends a plan; its ordered steps count for no forecast any more. A repeat changes nothing."""
    if not CapacityPlan.objects.filter(pk=plan.pk, archived_at=None).update(archived_at=now):
        return
    audit.record(actor=actor, action="capacity_plan.archived", target=plan, after={"archived_at": now}, now=now)
    Resource.objects.filter(pk=plan.resource_id).update(forecast_on=None)


def baseline(found: Outlook) -> dict[str, Any]:
    """A forecast as it is kept: every day from tomorrow to its horizon, as [day, likely, low, high] in text."""
    told = found.forecast
    kept: dict[str, Any] = {"state": told.state.value, "limit": str(found.resource.limit), "points": []}
    if told.fit is None or told.horizon is None:
        return kept
    days = [found.today + timedelta(days=number) for number in range(1, (told.horizon - found.today).days + 1)]
    for day in days:
        low, likely, high = (_text(value) for value in told.value_on(day))
        kept["points"].append([day.isoformat(), likely, low, high])
    crossing = told.crossing
    return kept | {"model": told.fit.model.value, "crossing": crossing.likely.isoformat() if crossing else None}


def _text(value: Decimal) -> str:
    """Six places, within what the database can hold: a curve may grow beyond all bounds."""
    return str(min(max(value, -LARGEST), LARGEST).quantize(PLACES))


def _check(name: str, currency: str) -> None:
    found = {}
    if not name.strip():
        found["name"] = ["Give the plan a name."]
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        found["currency"] = ["Give three letters, such as EUR."]
    if found:
        raise Invalid(fields=found)


def _check_budget(quarter: Quarter, amount: Decimal) -> None:
    found: Mapping[str, list[str]] = {
        **({} if 2000 <= quarter[0] <= 2199 else {"year": ["Choose a year from 2000 to 2199."]}),
        **({} if 1 <= quarter[1] <= 4 else {"quarter": ["Choose from 1 to 4."]}),
        **({} if 0 <= amount < LARGEST else {"amount": ["It is 0 or more."]}),
    }
    if found:
        raise Invalid(fields=found)
