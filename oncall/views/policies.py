"""Escalation policies: which there are, what they do when, and their editor."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from oncall.clients import channels
from oncall.domain import escalation_json
from oncall.forms.policies import PolicyForm, QuestionForm
from oncall.forms.policy_steps import FORMS, Draft
from oncall.models import EscalationPolicy
from oncall.selectors import doors, foretelling, policy_choices, policy_words, programs, step_uses
from oncall.services import policies
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError


@login_required
@require_safe
def policy_list(request: HttpRequest) -> HttpResponse:
    """The policies of each team; a team without one is told that the default pages."""
    actor = actor_of(request)
    found = list(doors.policies(actor))
    teams = [
        {
            "team": team,
            "policies": [one for one in found if one.team_id == team.pk],
            "may_manage": actor.may(Role.MANAGER, team.pk),
            "is_mine": team.pk in actor.team_ids,
        }
        for team in people.teams(actor)
    ]
    teams.sort(key=lambda one: not one["is_mine"])
    context = {"teams": teams, "broken": step_uses.broken_policies(found), "section": "policies"}
    return render(request, "oncall/policy_list.html", context)


@login_required
@require_safe
def team_policy(request: HttpRequest, slug: str) -> HttpResponse:
    """The way to a team's default policy from wherever the team is named."""
    team = people.get_team(actor_of(request), slug)
    policy = programs.default_policy(team.pk)
    return redirect("policy_detail", policy.public_id) if policy else redirect("policy_list")


@login_required
@require_safe
def policy_detail(request: HttpRequest, id: str) -> HttpResponse:
    """Its steps with who is reached now, and who would be paged when if an alert fired at any instant."""
    actor = actor_of(request)
    policy = doors.get_policy(actor, id)
    form = QuestionForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    now = timezone.now()
    at: datetime = asked.get("at") or now
    severity = asked.get("severity") or policy.severities[0]
    foretold = foretelling.of_policy(policy, at=at, severity=severity)
    context: dict[str, Any] = {
        "policy": policy,
        "rows": policy_words.rows(policy, now=now),
        "form": form if form.is_bound else QuestionForm(initial={"severity": severity}),
        "at": at,
        "severity": severity,
        "walks": severity in policy.severities,
        "asks": [(ask, ask.at - at, _ways(ask, severity)) for ask in foretold.asks],
        "ending": foretold.ending,
        "may_manage": actor.may(Role.MANAGER, policy.team_id),
        "section": "policies",
    }
    return render(request, "oncall/policy_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy_create(request: HttpRequest, slug: str) -> HttpResponse:
    """One more policy of a team, beginning with the steps of the default."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    return _editor(request, team, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Other steps for alerts that fire from now on."""
    actor = actor_of(request)
    policy = doors.get_policy(actor, id)
    actor.require(Role.MANAGER, policy.team_id)
    return _editor(request, policy.team, policy)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy_archive(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then takes a policy out of service."""
    actor = actor_of(request)
    policy = doors.get_policy(actor, id)
    actor.require(Role.MANAGER, policy.team_id)
    if request.method != "POST":
        context = {"policy": policy, "uses": step_uses.named_by(actor, "policy", policy.pk), "section": "policies"}
        return render(request, "oncall/policy_archive.html", context)
    try:
        policies.archive_policy(actor=actor, policy=policy, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
        return redirect("policy_detail", policy.public_id)
    messages.success(request, f"{policy.name} is out of service. Running escalations go on with it.")
    return redirect("policy_list")


def _editor(request: HttpRequest, team: Team, policy: EscalationPolicy | None) -> HttpResponse:
    """Shows the draft; each button but Save changes only the draft."""
    actor = actor_of(request)
    plan = escalation_json.from_snapshot(policy.plan) if policy else None
    choices = policy_choices.choices(actor, team=team, plan=plan, policy=policy)
    services = policy_choices.services(team)
    form = PolicyForm(request.POST or None, initial=_initial(policy), services=services)
    draft = Draft.of_plan(plan, choices)
    action = request.POST.get("do", "save")
    if request.method == "POST":
        draft = Draft.of_post(request.POST, choices)
        if action != "save":
            draft = draft.changed(action)
            form = PolicyForm(initial=_told(request), services=services)
        elif all([form.is_valid(), draft.is_valid()]):
            saved = _save(request, team, policy, form, draft)
            if saved is not None:
                messages.success(request, "Saved. It counts for alerts that fire from now on.")
                return redirect("policy_detail", saved.public_id)
    kinds = [(kind, one.title) for kind, one in FORMS.items() if kind != "jump" or choices["policies"]]
    context = {"form": form, "draft": draft, "team": team, "policy": policy, "kinds": kinds, "section": "policies"}
    return render(request, "oncall/policy_edit.html" if policy else "oncall/policy_create.html", context)


def _save(
    request: HttpRequest, team: Team, policy: EscalationPolicy | None, form: PolicyForm, draft: Draft
) -> EscalationPolicy | None:
    """The saved policy; None when it was refused, with the reasons at their places."""
    actor, now = actor_of(request), timezone.now()
    fields = form.policy_fields(draft.plan())
    try:
        if policy is None:
            return policies.create_policy(actor=actor, team_id=team.pk, fields=fields, now=now)
        return policies.change_policy(actor=actor, policy=policy, fields=fields, expected_version=None, now=now)
    except DomainError as error:
        steps = {path: texts for path, texts in error.fields.items() if path.split(".")[0] == "steps"}
        for text in draft.add_errors(steps):
            form.add_error(None, text)
        for name, texts in error.fields.items():
            if name not in steps:
                form.add_error(name if name in form.fields else None, list(texts))
        return None


def _ways(ask: foretelling.Ask, severity: str) -> list[tuple[foretelling.Way, str]]:
    """The messages of a step, each with what its channel is called."""
    return [(way, channels.label_of(way.channel)) for way in foretelling.ways(ask, severity)]


def _initial(policy: EscalationPolicy | None) -> dict[str, Any]:
    if policy is None:
        return {"severities": ["critical"]}
    return {
        "name": policy.name,
        "severities": policy.severities,
        "services": [str(pk) for pk in policy.services.values_list("service_id", flat=True)],
        "is_default": policy.is_default,
        "repage_acknowledged": policy.repage_acknowledged,
    }


def _told(request: HttpRequest) -> dict[str, Any]:
    """What was sent, unchecked, to be shown again."""
    many = {name: request.POST.getlist(name) for name in ("severities", "services")}
    flags = {name: name in request.POST for name in ("is_default", "repage_acknowledged")}
    return {"name": request.POST.get("name", ""), **many, **flags}
