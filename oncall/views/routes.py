"""The pages of routes and inhibition rules."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.domain import matchers
from oncall.forms.silences import InhibitionForm, RouteForm, TesterForm
from oncall.models import AlertRoute, InhibitionRule
from oncall.selectors import catches, route_tests
from oncall.services import routes
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_safe
def route_home(request: HttpRequest) -> HttpResponse:
    """To the routes of one's own first team."""
    actor = actor_of(request)
    teams = sorted(people.teams(actor), key=lambda team: team.pk not in actor.team_ids)
    return redirect("route_list", teams[0].slug) if teams else redirect("alert_list")


@login_required
@require_safe
def route_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The routes of a team in their order, its inhibition rules with what they keep quiet now, and a tester."""
    actor, now = actor_of(request), timezone.now()
    team = people.get_team(actor, slug)
    tester = TesterForm(request.GET if "labels" in request.GET else None, team=team)
    verdict = None
    if tester.is_bound and tester.is_valid():
        verdict = route_tests.verdict(team.pk, tester.known(), tester.cleaned_data["integration"], now)
    context = {
        "team": team,
        "routes": [(one, _text(one.matchers)) for one in route_tests.routes(actor, team.slug)],
        "inhibitions": [
            (one, _text(one.source), _text(one.target), catches.inhibited_now(one, now))
            for one in route_tests.inhibitions(actor, team.slug)
        ],
        "tester": tester,
        "verdict": verdict,
        "may_manage": actor.may(Role.MANAGER, team.pk),
        "teams": people.teams(actor),
    }
    return render(request, "oncall/route_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def route_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A route behind the others."""
    return _route_form(request, people.get_team(actor_of(request), slug), None, "oncall/route_create.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def route_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Another route in the same place."""
    route = route_tests.get_route(actor_of(request), id)
    return _route_form(request, route.team, route, "oncall/route_edit.html")


@login_required
@require_POST
def route_move(request: HttpRequest, id: str) -> HttpResponse:
    """To another place."""
    actor = actor_of(request)
    route = route_tests.get_route(actor, id)
    actor.require(Role.MANAGER, route.team_id)
    to = request.POST.get("to", "")
    if to.isascii() and to.isdigit() and len(to) < 6:
        routes.move_route(actor=actor, route=route, to=int(to), now=timezone.now())
    return redirect("route_list", route.team.slug)


@login_required
@require_POST
def route_delete(request: HttpRequest, id: str) -> HttpResponse:
    """Takes it away."""
    actor = actor_of(request)
    route = route_tests.get_route(actor, id)
    actor.require(Role.MANAGER, route.team_id)
    routes.delete_route(actor=actor, route=route, now=timezone.now())
    messages.success(request, f"{route.name} is gone. Alerts stay where it sent them.")
    return redirect("route_list", route.team.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inhibition_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Another rule."""
    return _inhibition_form(request, people.get_team(actor_of(request), slug), None, "oncall/inhibition_create.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inhibition_edit(request: HttpRequest, id: str) -> HttpResponse:
    """The same rule in other words."""
    rule = route_tests.get_inhibition(actor_of(request), id)
    return _inhibition_form(request, rule.team, rule, "oncall/inhibition_edit.html")


@login_required
@require_POST
def inhibition_delete(request: HttpRequest, id: str) -> HttpResponse:
    """Takes it away; what it kept quiet pages if it still fires."""
    actor = actor_of(request)
    rule = route_tests.get_inhibition(actor, id)
    actor.require(Role.MANAGER, rule.team_id)
    routes.delete_inhibition(actor=actor, rule=rule, now=timezone.now())
    messages.success(request, f"{rule.name} is gone.")
    return redirect("route_list", rule.team.slug)


def _route_form(request: HttpRequest, team: Team, route: AlertRoute | None, template: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Role.MANAGER, team.pk)
    form = RouteForm(request.POST or None, team=team, initial=_route_initial(route) if route else {})
    if request.method == "POST" and form.is_valid():
        try:
            routes.save_route(actor=actor, team_id=team.pk, fields=form.given(), route=route, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved. It counts for alerts that arrive from now on.")
            return redirect("route_list", team.slug)
    return render(request, template, {"form": form, "team": team, "route": route})


def _inhibition_form(request: HttpRequest, team: Team, rule: InhibitionRule | None, template: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Role.MANAGER, team.pk)
    form = InhibitionForm(request.POST or None, initial=_rule_initial(rule) if rule else {})
    if request.method == "POST" and form.is_valid():
        try:
            routes.save_inhibition(actor=actor, team_id=team.pk, fields=form.given(), rule=rule, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved. Open alerts are held or let go by it now.")
            return redirect("route_list", team.slug)
    return render(request, template, {"form": form, "team": team, "rule": rule})


def _route_initial(route: AlertRoute) -> dict[str, Any]:
    names = ("name", "integration", "service", "policy", "severity", "repages")
    initial = {name: getattr(route, name) for name in names}
    return initial | {"matchers": _text(route.matchers), "group_by": ", ".join(route.group_by)}


def _rule_initial(rule: InhibitionRule) -> dict[str, Any]:
    sides = {"source": _text(rule.source), "target": _text(rule.target)}
    return {"name": rule.name, "equal": ", ".join(rule.equal), **sides}


def _text(rows: list[dict[str, Any]]) -> str:
    return matchers.text_of(matchers.stored(rows))
