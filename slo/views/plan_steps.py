"""The steps of a plan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.forms.capacity_plans import StepForm, step_initial
from slo.selectors import capacity_plans as selectors
from slo.services import plan_steps


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_step_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Adds a step to a plan."""
    actor = actor_of(request)
    plan = selectors.get_plan(actor, public_id)
    team_id = plan.resource.service.team_id
    actor.require(Role.MANAGER, team_id)
    form = StepForm(request.POST or None, team_id=team_id, initial={"status": "planned"})
    if request.method == "POST" and form.is_valid():
        try:
            plan_steps.add_step(actor=actor, plan=plan, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The step is added.")
            return redirect("plan_detail", plan.public_id)
    return render(request, "slo/plan_step_create.html", {"form": form, "plan": plan})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_step_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes a step; one that is done raises the limit of the resource."""
    actor = actor_of(request)
    step = selectors.get_step(actor, public_id)
    team_id = step.plan.resource.service.team_id
    actor.require(Role.MANAGER, team_id)
    form = StepForm(request.POST or None, team_id=team_id, initial=step_initial(step))
    if request.method == "POST" and form.is_valid():
        try:
            plan_steps.update_step(actor=actor, step=step, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"“{step.what}” is saved.")
            return redirect("plan_detail", step.plan.public_id)
    return render(request, "slo/plan_step_edit.html", {"form": form, "step": step, "plan": step.plan})
