"""Reading plans: their steps, their money, and the forecast of then against what came true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.domain.capacity.fits import Day
from slo.domain.capacity.forecasts import Crossing, State, crossing
from slo.domain.capacity.plans import Comparison, QuarterLine, compare, limit_on, quarter_lines, total_line
from slo.exceptions import PlanNotFound
from slo.models import CapacityPlan, PlanStep
from slo.selectors.capacity import Outlook, history, outlook, step_of

Foretold = Mapping[date, tuple[Decimal, Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it stands: `crossing` is when the limit is reached if every open step comes on its day."""

    plan: CapacityPlan
    steps: list[PlanStep]
    lines: list[QuarterLine]
    total: QuarterLine
    added: Decimal
    outlook: Outlook
    crossing: Crossing | None
    foretold: Foretold
    actual: list[Day]
    comparison: Comparison
    limit_of: Callable[[date], Decimal]


def plans(actor: Actor) -> TeamOwnedQuerySet[CapacityPlan]:
    """The plans that `actor` may see and that are not archived, the newest first."""
    found = CapacityPlan.objects.visible_to(actor).filter(archived_at=None)
    return found.select_related("resource__service__team").prefetch_related("steps", "budgets")


def get_plan(actor: Actor, public_id: str) -> CapacityPlan:
    """One plan, archived ones included; PlanNotFound when there is none or `actor` may not see it."""
    found = CapacityPlan.objects.visible_to(actor).select_related("resource__service__team")
    plan = found.filter(public_id=public_id).first()
    if plan is None:
        raise PlanNotFound
    return plan


def get_step(actor: Actor, public_id: str) -> PlanStep:
    """One step; PlanNotFound when there is none or `actor` may not see it."""
    found = PlanStep.objects.visible_to(actor).select_related("plan__resource__service__team")
    step = found.filter(public_id=public_id).first()
    if step is None:
        raise PlanNotFound
    return step


def money(plan: CapacityPlan) -> list[QuarterLine]:
    """Budget, planned and paid by quarter."""
    budgets = {(row.year, row.quarter): row.amount for row in plan.budgets.all()}
    return quarter_lines(budgets, [step_of(row) for row in plan.steps.all()])


def view(plan: CapacityPlan, *, today: date) -> PlanView:
    """All that the page of a plan shows."""
    steps = list(plan.steps.select_related("owner"))
    rows, found = [step_of(row) for row in steps], outlook(plan.resource, today=today)
    told, actual = foretold(plan), history(plan.resource, today=today)
    lines = money(plan)
    limit, told_now = plan.resource.limit, found.forecast

    def limit_of(day: date) -> Decimal:
        return limit_on(day, limit, rows)

    crossed = None
    if told_now.fit is not None and told_now.state is State.GROWING:
        crossed = crossing(told_now.fit, limit_of, told_now.events)
    return PlanView(
        plan=plan,
        steps=steps,
        lines=lines,
        total=total_line(lines),
        added=sum((row.adds for row in rows if row.status != "dropped"), Decimal(0)),
        outlook=found,
        crossing=crossed,
        foretold=told,
        actual=[(day, value) for day, value in actual if day > plan.planned_on],
        comparison=compare(told, dict(actual)),
        limit_of=limit_of,
    )


def foretold(plan: CapacityPlan) -> Foretold:
    """The forecast that was kept with the plan: (likely, low, high) by day."""
    points = plan.baseline.get("points", [])
    return {date.fromisoformat(day): (Decimal(a), Decimal(b), Decimal(c)) for day, a, b, c in points}
