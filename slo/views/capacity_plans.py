"""The pages of plans."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain.capacity.plans import quarter_of, total_line
from slo.forms.capacity_plans import BudgetForm, PlanForm
from slo.selectors import capacity
from slo.selectors import capacity_plans as selectors
from slo.services import capacity_plans
from slo.views import capacity_charts
from slo.views.resources import today_of

PAGE_SIZE = 50


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans that this person may see, with their money."""
    page = Paginator(selectors.plans(actor_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(plan, total_line(selectors.money(plan))) for plan in page.object_list]
    return render(request, "slo/plan_list.html", {"page": page, "rows": rows})


@login_required
@require_safe
def plan_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One plan: its money, its steps, and the forecast of then against what came true."""
    actor, today = actor_of(request), today_of(timezone.now())
    plan = selectors.get_plan(actor, public_id)
    found = selectors.view(plan, today=today)
    year, quarter = quarter_of(today)
    context = {
        "plan": plan,
        "resource": plan.resource,
        "view": found,
        "overspent": abs(found.total.left),
        "bias": abs(found.comparison.bias_ratio or 0),
        "chart": capacity_charts.plan_chart(found),
        "budget_form": BudgetForm(initial={"year": year, "quarter": quarter}),
        "may_manage": actor.may(Role.MANAGER, plan.resource.service.team_id) and plan.archived_at is None,
    }
    return render(request, "slo/plan_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begins a plan for a resource with the forecast of today."""
    actor = actor_of(request)
    resource = capacity.get_resource(actor, public_id)
    actor.require(Role.MANAGER, resource.service.team_id)
    form = PlanForm(request.POST or None, initial={"currency": resource.currency or "EUR"})
    if request.method == "POST" and form.is_valid():
        try:
            plan = capacity_plans.create_plan(actor=actor, resource=resource, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{plan.name} begins with the forecast of today.")
            return redirect("plan_detail", plan.public_id)
    return render(request, "slo/plan_create.html", {"form": form, "resource": resource})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_budget(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sets the money of one quarter."""
    actor = actor_of(request)
    plan = selectors.get_plan(actor, public_id)
    actor.require(Role.MANAGER, plan.resource.service.team_id)
    form = BudgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        quarter = (data["year"], data["quarter"])
        try:
            capacity_plans.set_budget(
                actor=actor, plan=plan, quarter=quarter, amount=data["amount"], now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return redirect("plan_detail", plan.public_id)
    return render(request, "slo/plan_budget.html", {"form": form, "plan": plan})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_archive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then ends a plan."""
    actor = actor_of(request)
    plan = selectors.get_plan(actor, public_id)
    actor.require(Role.MANAGER, plan.resource.service.team_id)
    if request.method == "POST":
        capacity_plans.archive_plan(actor=actor, plan=plan, now=timezone.now())
        messages.success(request, f"{plan.name} is ended.")
        return redirect("resource_detail", plan.resource.public_id)
    return render(request, "slo/plan_archive.html", {"plan": plan})
