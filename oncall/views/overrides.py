"""Overrides: somebody else holds a role for a while."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from oncall.forms.duties import OverrideForm, asked
from oncall.selectors import edits
from oncall.selectors import schedules as found_schedules
from oncall.services import overrides
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from portal.lib.times import floor_minute


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def override_create(request: HttpRequest, id: str) -> HttpResponse:
    """Somebody else takes a role for a while; the address may name who, when and instead of whom.

    A GET that names a time shows whom it moves, and a POST with `do=look` does so too and saves nothing.
    """
    actor = actor_of(request)
    now = timezone.now()
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.RESPONDER, schedule.team_id)
    start = timezone.localtime(floor_minute(now))
    initial = {"starts_at": start, "ends_at": start + timedelta(hours=4), "user": actor.user_id}
    proposed = initial | asked(request.GET, OverrideForm.ASKED)
    proposed["starts_at"] = max(proposed["starts_at"], start)  # of a shift that runs, what is left of it
    form = OverrideForm(request.POST or None, schedule=schedule, initial=proposed)
    saves = request.method == "POST" and request.POST.get("do") != "look"
    if saves and form.is_valid():
        try:
            overrides.create_override(actor=actor, schedule=schedule, now=now, **form.wanted())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['user']} is {form.cleaned_data['role']} for that time.")
            return redirect("schedule_detail", schedule.public_id)
    looked = form if form.is_bound else OverrideForm(form.initial_values(), schedule=schedule)
    moved = edits.moved_by_override(schedule, now=now, **looked.wanted()) if looked.is_valid() else None
    context = {"form": form, "schedule": schedule, "moved": moved, "section": "schedules"}
    return render(request, "oncall/override_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def override_delete(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then takes back what lies ahead of an override."""
    actor = actor_of(request)
    override = found_schedules.get_override(actor, id)
    actor.require(Role.RESPONDER, override.schedule.team_id)
    if request.method == "POST":
        try:
            overrides.delete_override(actor=actor, override=override, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.detail)
        else:
            messages.success(request, "The override is taken back.")
        return redirect("schedule_detail", override.schedule.public_id)
    return render(request, "oncall/override_delete.html", {"override": override, "section": "schedules"})
