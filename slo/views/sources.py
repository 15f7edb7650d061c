"""The pages of Prometheus servers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.forms.sources import ServerForm, server_initial
from slo.models import PrometheusServer
from slo.selectors import sources as selectors
from slo.services import prometheus_servers


@login_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """The Prometheus servers that this person may see."""
    actor = actor_of(request)
    managed = people.teams_where(actor, Role.MANAGER)
    context = {"servers": selectors.servers(actor), "managed": set(managed.values_list("pk", flat=True))}
    return render(request, "slo/source_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_create(request: HttpRequest) -> HttpResponse:
    """Adds a server to a team: first the team is chosen, where there are several."""
    actor = actor_of(request)
    teams = list(people.teams_where(actor, Role.MANAGER))
    slug = request.GET.get("team") or (teams[0].slug if len(teams) == 1 else "")
    if not slug:
        return render(request, "slo/source_create.html", {"teams": teams})
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    form = ServerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            prometheus_servers.create_server(
                actor=actor,
                team_id=team.pk,
                facts=form.facts(),
                secret=form.cleaned_data["secret"],
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is added. Test the connection next.")
            return redirect("source_list")
    return render(request, "slo/source_create.html", {"form": form, "team": team})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes a server; an empty secret keeps the one there is."""
    actor, server = _managed(request, public_id)
    form = ServerForm(request.POST or None, initial=server_initial(server))
    if request.method == "POST" and form.is_valid():
        try:
            prometheus_servers.update_server(
                actor=actor,
                server=server,
                facts=form.facts(),
                secret=form.cleaned_data["secret"] or None,
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return redirect("source_list")
    return render(request, "slo/source_edit.html", {"form": form, "server": server})


@login_required
@require_POST
def source_test(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tests the connection and says what came of it."""
    _, server = _managed(request, public_id)
    try:
        version = prometheus_servers.try_server(server=server, now=timezone.now())
    except DomainError as error:
        messages.error(request, f"{server.name} does not answer. {error.detail}")
    else:
        messages.success(request, f"{server.name} answers{f', version {version}' if version else ''}.")
    return redirect("source_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then removes a server that no SLI reads."""
    actor, server = _managed(request, public_id)
    if request.method == "POST":
        try:
            prometheus_servers.delete_server(actor=actor, server=server, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.detail)
        else:
            messages.success(request, f"{server.name} is removed.")
        return redirect("source_list")
    return render(request, "slo/source_delete.html", {"server": server})


def _managed(request: HttpRequest, public_id: str) -> tuple[Actor, PrometheusServer]:
    actor = actor_of(request)
    server = selectors.get_server(actor, public_id)
    actor.require(Role.MANAGER, server.team_id)
    return actor, server
