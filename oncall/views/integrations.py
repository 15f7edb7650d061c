"""Doors for machines."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oncall.forms.integrations import IntegrationForm
from oncall.selectors import doors
from oncall.services import integrations
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of


@login_required
@require_safe
def integration_list(request: HttpRequest) -> HttpResponse:
    """Who may send alerts."""
    actor = actor_of(request)
    rows = [(one, actor.may(Role.MANAGER, one.team_id)) for one in doors.integrations(actor)]
    may_create = people.teams_where(actor, "manager").exists()
    return render(request, "oncall/integration_list.html", {"rows": rows, "may_create": may_create})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def integration_create(request: HttpRequest) -> HttpResponse:
    """Makes a door and shows its key once."""
    actor = actor_of(request)
    form = IntegrationForm(request.POST or None, actor=actor)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actor.require(Role.MANAGER, told["team"].pk)
        service_id = told["service"].pk if told["service"] else None
        made, key = integrations.create_integration(
            actor=actor, team_id=told["team"].pk, service_id=service_id, name=told["name"], now=timezone.now()
        )
        context |= {"integration": made, "url": f"{settings.PORTAL_BASE_URL}/ingest/json/{key}/"}
    return render(request, "oncall/integration_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def integration_revoke(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then closes a door for good."""
    actor = actor_of(request)
    integration = doors.get_integration(actor, id)
    actor.require(Role.MANAGER, integration.team_id)
    if request.method == "POST":
        integrations.revoke_integration(actor=actor, integration=integration, now=timezone.now())
        messages.success(request, f"{integration} can no longer send alerts.")
        return redirect("integration_list")
    return render(request, "oncall/integration_revoke.html", {"integration": integration})
