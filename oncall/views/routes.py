"""The pages of routes and inhibition rules."""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Kind:
    """What pages of routes and of inhibition rules differ in; `name` is that of the row, in services and templates."""

    page: str
    name: str
    form: Callable[..., RouteForm | InhibitionForm]
    initial: Callable[[Any], dict[str, Any]]
    save: Callable[..., Any]
    delete: Callable[..., None]
    saved: str
    gone: str


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
    return _form(request, people.get_team(actor_of(request), slug), None, ROUTE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def route_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Another route in the same place."""
    route = route_tests.get_route(actor_of(request), id)
    return _form(request, route.team, route, ROUTE)


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
    return _deleted(request, route_tests.get_route(actor_of(request), id), ROUTE)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inhibition_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Another rule."""
    return _form(request, people.get_team(actor_of(request), slug), None, INHIBITION)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inhibition_edit(request: HttpRequest, id: str) -> HttpResponse:
    """The same rule in other words."""
    rule = route_tests.get_inhibition(actor_of(request), id)
    return _form(request, rule.team, rule, INHIBITION)


@login_required
@require_POST
def inhibition_delete(request: HttpRequest, id: str) -> HttpResponse:
    """Takes it away; what it kept quiet pages if it still fires."""
    return _deleted(request, route_tests.get_inhibition(actor_of(request), id), INHIBITION)


def _form(request: HttpRequest, team: Team, one: Any, kind: Kind) -> HttpResponse:
    """The form of a route or a rule, `one` being the row that is edited, and its saving."""
    actor = actor_of(request)
    actor.require(Role.MANAGER, team.pk)
    form = kind.form(request.POST or None, team=team, initial=kind.initial(one) if one else {})
    if request.method == "POST" and form.is_valid():
        try:
            kind.save(actor=actor, team_id=team.pk, fields=form.given(), now=timezone.now(), **{kind.name: one})
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, kind.saved)
            return redirect("route_list", team.slug)
    template = f"oncall/{kind.page}_{'edit' if one else 'create'}.html"
    return render(request, template, {"form": form, "team": team, kind.name: one})


def _deleted(request: HttpRequest, one: Any, kind: Kind) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Role.MANAGER, one.team_id)
    kind.delete(actor=actor, now=timezone.now(), **{kind.name: one})
    messages.success(request, kind.gone.format(one.name))
    return redirect("route_list", one.team.slug)


def _route_initial(route: AlertRoute) -> dict[str, Any]:
    names = ("name", "integration", "service", "policy", "severity", "repages")
    initial = {name: getattr(route, name) for name in names}
    return initial | {"matchers": _text(route.matchers), "group_by": ", ".join(route.group_by)}


def _rule_initial(rule: InhibitionRule) -> dict[str, Any]:
    sides = {"source": _text(rule.source), "target": _text(rule.target)}
    return {"name": rule.name, "equal": ", ".join(rule.equal), **sides}


def _text(rows: list[dict[str, Any]]) -> str:
    return matchers.text_of(matchers.stored(rows))


ROUTE = Kind(
    page="route",
    name="route",
    form=RouteForm,
    initial=_route_initial,
    save=routes.save_route,
    delete=routes.delete_route,
    saved="Saved. It counts for alerts that arrive from now on.",
    gone="{} is gone. Alerts stay where it sent them.",
)
INHIBITION = Kind(
    page="inhibition",
    name="rule",
    form=InhibitionForm,
    initial=_rule_initial,
    save=routes.save_inhibition,
    delete=routes.delete_inhibition,
    saved="Saved. Open alerts are held or let go by it now.",
    gone="{} is gone.",
)
