"""The escalation policy of a team."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from oncall.domain import escalation
from oncall.domain.escalation import TARGETS
from oncall.exceptions import PlanInvalid
from oncall.forms.policies import STEPS, PolicyForm, StepFormSet
from oncall.models import EscalationPolicy
from oncall.selectors import doors, schedules, targets
from oncall.services import policies
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of


@login_required
@require_safe
def policy_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who would be paged when, if a critical alert of the team fired now."""
    actor = actor_of(request)
    now = timezone.now()
    team = people.get_team(actor, slug)
    policy = doors.policy_of(team.pk)
    plan = plan_of(policy)
    held = schedules.schedules_of(team.pk)
    rows = [
        (step, TARGETS[step.target], targets.people_of(step, team_id=team.pk, now=now, team_schedules=held))
        for step in plan.steps
    ]
    administrators = targets.people_of(escalation.CATCH_ALL, team_id=team.pk, now=now)
    context: dict[str, Any] = {
        "team": team,
        "policy": policy,
        "plan": plan,
        "rows": rows,
        "administrators": administrators,
    }
    context["may_manage"] = actor.may(Role.MANAGER, team.pk)
    return render(request, "oncall/policy_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Other steps for alerts that fire from now on."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    policy = doors.policy_of(team.pk)
    form = PolicyForm(request.POST or None, initial=_initial(policy))
    steps = StepFormSet(
        request.POST or None, initial=_rows(plan_of(policy)), prefix="steps", form_kwargs={"team_id": team.pk}
    )
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        chosen = [step for row in steps if (step := row.step()) is not None]
        told = form.cleaned_data
        plan = escalation.Plan(tuple(chosen), told["repeat"], told["pause_minutes"])
        fields = policies.PolicyFields(told["name"], plan, told["repage_acknowledged"])
        try:
            policies.save_policy(actor=actor, team_id=team.pk, fields=fields, expected_version=None, now=timezone.now())
        except PlanInvalid as error:
            form.add_error(None, error.fields["steps"])
        else:
            messages.success(request, "Saved. It counts for alerts that fire from now on.")
            return redirect("policy_detail", team.slug)
    return render(request, "oncall/policy_edit.html", {"form": form, "steps": steps, "team": team})


def plan_of(policy: EscalationPolicy | None) -> escalation.Plan:
    """The saved plan, or the default that a team without one goes by."""
    return escalation.from_snapshot(policy.plan) if policy else escalation.DEFAULT


def _initial(policy: EscalationPolicy | None) -> dict[str, Any]:
    plan = plan_of(policy)
    name = policy.name if policy else "Escalation"
    repage = policy.repage_acknowledged if policy else False
    return {"name": name, "repeat": plan.repeat, "pause_minutes": plan.pause_minutes, "repage_acknowledged": repage}


def _rows(plan: escalation.Plan) -> list[dict[str, Any]]:
    filled = [{"target": one.target, "after_minutes": one.after_minutes, "user": one.user_id} for one in plan.steps]
    return filled + [{} for _ in range(STEPS - len(filled))]
