"""The pages of release windows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from slo.domain.calendar_json import parse
from slo.forms import release_windows as forms
from slo.selectors import release_windows
from slo.services import release_windows as services
from slo.views.policies import owner_of, team_id_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_window_edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Sets when releases of a service or team are welcome."""
    actor = actor_of(request)
    owner = owner_of(actor, kind, slug)
    actor.require(Role.MANAGER, team_id_of(owner))
    row = release_windows.own_window(owner)
    calendar = None if row is None else parse(row.definition)
    team = owner if isinstance(owner, Team) else owner.team
    initial = forms.initial_of(calendar, team.time_zone)
    form = forms.WindowForm(request.POST or None, initial=initial)
    rows = forms.hour_rows(request.POST or None, calendar)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        definition = forms.definition_of(form, rows)
        try:
            services.set_window(actor=actor, owner=owner, definition=definition, now=timezone.now())
        except DomainError as error:
            forms.place_errors(form, rows, error)
        else:
            messages.success(request, f"The release window of {owner.name} is set.")
            return redirect("budget_policy_detail", kind, slug)
    context = {"owner": owner, "kind": kind, "form": form, "rows": rows}
    return render(request, "slo/release_window_edit.html", context)


@login_required
@require_POST
def release_window_remove(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A service goes by its team's window again, a team by none."""
    actor = actor_of(request)
    owner = owner_of(actor, kind, slug)
    actor.require(Role.MANAGER, team_id_of(owner))
    services.remove_window(actor=actor, owner=owner, now=timezone.now())
    messages.success(request, f"{owner.name} has no release window of its own any more.")
    return redirect("budget_policy_detail", kind, slug)
