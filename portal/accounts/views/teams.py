"""Teams, their members and who was asked to join."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.forms import TeamForm
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import teams
from portal.accounts.services.teams import TeamFacts
from portal.accounts.views.profile import person
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    """The teams that this person may see, their own first."""
    actor = actor_of(request)
    found = people.teams(actor).annotate(member_count=Count("memberships")).order_by("name")
    rows = [(team, actor.roles.get(team.pk)) for team in found]
    rows.sort(key=lambda row: row[1] is None)
    return render(request, "accounts/team_list.html", {"teams": rows, "may_create": actor.is_administrator})


@login_required
@require_safe
def team_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The members of a team and their roles."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    may_manage = actor.may(Role.MANAGER, team.pk)
    context = {
        "team": team,
        "memberships": people.memberships(team),
        "may_manage": may_manage,
        "invitations": people.open_invitations(team) if may_manage else [],
        "now": timezone.now(),
    }
    return render(request, "accounts/team_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_create(request: HttpRequest) -> HttpResponse:
    """Makes a team with its maker as the first manager."""
    actor = actor_of(request)
    actor.require_administrator()
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = TeamFacts(**form.cleaned_data)
        try:
            team = teams.create_team(actor=actor, facts=facts, manager=person(request), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The team {team.name} is there. Add its members now.")
            return redirect("team_detail", team.slug)
    return render(request, "accounts/team_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes a team's name, zone and privacy."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    form = TeamForm(request.POST or None, initial=teams.shown(team))
    if request.method == "POST" and form.is_valid():
        facts = TeamFacts(**form.cleaned_data)
        try:
            team = teams.update_team(actor=actor, team=team, facts=facts, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The team {team.name} is saved.")
            return redirect("team_detail", team.slug)
    return render(request, "accounts/team_edit.html", {"form": form, "team": team})
