"""The pages of error-budget policies, each beside the release window of the same service or team."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.errors import DomainError
from slo.domain.calendar_json import parse as calendar_of
from slo.domain.policies import DEFAULT
from slo.domain.policy_json import parse
from slo.forms import policies as forms
from slo.selectors import policies, release_windows
from slo.selectors.policies import Owner
from slo.services import policies as services


def owner_of(actor: Actor, kind: str, slug: str) -> Owner:
    """The service or the team that an address names."""
    if kind == "services":
        return catalog.get_service(actor, slug)
    if kind == "teams":
        return people.get_team(actor, slug)
    raise Http404


def team_id_of(owner: Owner) -> int:
    """The team whose managers decide."""
    return owner.pk if isinstance(owner, Team) else owner.team_id


@login_required
@require_safe
def budget_policy_list(request: HttpRequest) -> HttpResponse:
    """The teams with their policies and windows, and the services that have one of their own."""
    actor = actor_of(request)
    rows = {(row.team_id, row.service_id): row for row in policies.policies(actor)}
    teams = [(team, rows.get((team.pk, None)), release_windows.own_window(team)) for team in people.teams(actor)]
    own = [row for row in rows.values() if row.service_id is not None]
    return render(request, "slo/budget_policy_list.html", {"teams": teams, "own": own, "default": DEFAULT})


@login_required
@require_safe
def budget_policy_detail(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What is demanded of releases at which share of the budget spent, and when they are welcome."""
    actor, now = actor_of(request), timezone.now()
    owner = owner_of(actor, kind, slug)
    window = release_windows.effective_window(owner)
    calendar = None if window is None else calendar_of(window.definition)
    context = {
        **_named(owner, kind),
        "effective": policies.effective_of(owner),
        "own": policies.own_policy(owner),
        "revisions": [(row, parse(row.definition) if row.definition else None) for row in policies.revisions(owner)],
        "window": window,
        "own_window": release_windows.own_window(owner),
        "calendar": calendar,
        "answer": None if calendar is None else release_windows.answer_of(calendar, now),
        "may_manage": actor.may(Role.MANAGER, team_id_of(owner)),
    }
    return render(request, "slo/budget_policy_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget_policy_edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Sets the policy of a service, or the default of a team."""
    actor = actor_of(request)
    owner = owner_of(actor, kind, slug)
    actor.require(Role.MANAGER, team_id_of(owner))
    own, policy = policies.own_policy(owner), policies.effective_of(owner).policy
    initial = {**forms.initial_of(policy), "version": own.version if own else None}
    form = forms.PolicyForm(request.POST or None, slos=policies.slo_choices(owner), initial=initial)
    rows = forms.step_rows(request.POST or None, policy)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            _save(actor, owner, form, rows)
        except DomainError as error:
            forms.place_errors(form, rows, error)
        else:
            messages.success(request, f"The policy of {owner.name} is set.")
            return redirect("budget_policy_detail", kind, slug)
    return render(request, "slo/budget_policy_edit.html", {**_named(owner, kind), "form": form, "rows": rows})


def _save(actor: Actor, owner: Owner, form: forms.PolicyForm, rows: Any) -> None:
    services.set_policy(
        actor=actor,
        owner=owner,
        definition=forms.definition_of(form, rows),
        reason=form.cleaned_data["reason"],
        version=form.cleaned_data["version"],
        now=timezone.now(),
    )


@login_required
@require_POST
def budget_policy_withdraw(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A service goes by its team's policy again, a team by the portal's default."""
    actor = actor_of(request)
    owner = owner_of(actor, kind, slug)
    actor.require(Role.MANAGER, team_id_of(owner))
    services.withdraw_policy(actor=actor, owner=owner, now=timezone.now())
    messages.success(request, f"{owner.name} has no policy of its own any more.")
    return redirect("budget_policy_detail", kind, slug)


def _named(owner: Owner, kind: str) -> dict[str, Any]:
    return {"owner": owner, "kind": kind, "service": owner if isinstance(owner, Service) else None}
