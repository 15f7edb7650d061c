"""Temporary schedules: fixed shifts in the place of all layers, for a holiday or a move."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from oncall.forms.temporary import Shifts, TemporaryForm
from oncall.selectors import schedules as found_schedules
from oncall.services import temporary
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.times import floor_hour


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def temporary_create(request: HttpRequest, id: str) -> HttpResponse:
    """Fixed shifts for a while; rows come and go by plain submits."""
    actor = actor_of(request)
    now = timezone.now()
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.MANAGER, schedule.team_id)
    start = timezone.localtime(floor_hour(now)) + timedelta(hours=1)
    span = {"starts_at": start, "ends_at": start + timedelta(days=7)}
    members = people.team_members(schedule.team_id)
    form, rows = TemporaryForm(initial=span), Shifts.fresh(members, span)
    action = request.POST.get("do", "save")
    if request.method == "POST":
        form, rows = TemporaryForm(request.POST), Shifts.of_post(request.POST, members)
        if action != "save":
            rows = rows.changed(action)
            form = TemporaryForm(initial={name: request.POST.get(name) for name in form.fields})
        elif all([form.is_valid(), rows.is_valid()]):
            try:
                temporary.add_temporary(
                    actor=actor, schedule=schedule, shifts=rows.shifts(), now=now, **form.cleaned_data
                )
            except DomainError as error:
                rows.add_errors(form, error)
            else:
                messages.success(request, "Saved. These shifts stand in the place of the layers for that time.")
                return redirect("schedule_detail", schedule.public_id)
    context = {"form": form, "rows": rows, "schedule": schedule, "section": "schedules"}
    return render(request, "oncall/temporary_create.html", context)


@login_required
@require_POST
def temporary_end(request: HttpRequest, id: str) -> HttpResponse:
    """Takes back what lies ahead of the temporary schedule with this name."""
    actor = actor_of(request)
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.MANAGER, schedule.team_id)
    try:
        name = request.POST.get("name", "")[:200]
        temporary.end_temporary(actor=actor, schedule=schedule, name=name, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, "Taken back. The layers count again.")
    return redirect("schedule_detail", schedule.public_id)
