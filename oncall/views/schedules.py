"""Schedules and the overrides on top of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from oncall.domain import templates
from oncall.domain.rotation import Rotation
from oncall.forms.schedules import PLACES, OverrideForm, ScheduleForm
from oncall.models import Schedule
from oncall.selectors import outlook
from oncall.selectors import schedules as found_schedules
from oncall.services import overrides, schedules
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from portal.lib.times import floor_minute


@login_required
@require_safe
def schedule_detail(request: HttpRequest, id: str) -> HttpResponse:
    """The next twelve weeks of one schedule, its load and its overrides."""
    actor = actor_of(request)
    now = timezone.now()
    schedule = found_schedules.get_schedule(actor, id)
    context = {
        "schedule": schedule,
        "version": found_schedules.current_version(schedule, now),
        "published": outlook.published(schedule, now),
        "overrides": [one for one in schedule.overrides.all() if one.ends_at > now],
        "may_manage": actor.may(Role.MANAGER, schedule.team_id),
        "may_override": actor.may(Role.RESPONDER, schedule.team_id),
        "now": now,
    }
    return render(request, "oncall/schedule_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A new weekly rotation for a team."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    initial = {"time_zone": team.time_zone, "handoff_weekday": 0}
    form = ScheduleForm(request.POST or None, members=people.team_members(team.pk), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            schedule = schedules.create_schedule(actor=actor, team_id=team.pk, fields=_fields(form), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Published. The first shift runs from now on.")
            return redirect("schedule_detail", schedule.public_id)
    return render(request, "oncall/schedule_create.html", {"form": form, "team": team})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Another order or handoff from now on; the past stays as it was."""
    actor = actor_of(request)
    now = timezone.now()
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.MANAGER, schedule.team_id)
    members = people.team_members(schedule.team_id)
    form = ScheduleForm(request.POST or None, members=members, initial=_initial(schedule, now))
    if request.method == "POST" and form.is_valid():
        try:
            schedules.edit_schedule(
                actor=actor, schedule=schedule, fields=_fields(form), expected_version=None, now=now
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved. The new order counts from now on.")
            return redirect("schedule_detail", schedule.public_id)
    return render(request, "oncall/schedule_edit.html", {"form": form, "schedule": schedule})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def override_create(request: HttpRequest, id: str) -> HttpResponse:
    """Somebody else takes a role for a while."""
    actor = actor_of(request)
    now = timezone.now()
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.RESPONDER, schedule.team_id)
    start = timezone.localtime(floor_minute(now))
    initial = {"starts_at": start, "ends_at": start + timedelta(hours=4), "user": actor.user_id}
    form = OverrideForm(request.POST or None, team_id=schedule.team_id, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        asked = {name: told[name] for name in ("role", "starts_at", "ends_at", "reason")}
        try:
            overrides.create_override(actor=actor, schedule=schedule, user_id=told["user"].pk, now=now, **asked)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{told['user']} is {told['role']} for that time.")
            return redirect("schedule_detail", schedule.public_id)
    return render(request, "oncall/override_create.html", {"form": form, "schedule": schedule})


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
    return render(request, "oncall/override_delete.html", {"override": override})


def _fields(form: ScheduleForm) -> schedules.ScheduleFields:
    told = form.cleaned_data
    return schedules.ScheduleFields(
        name=told["name"],
        zone=told["time_zone"],
        handoff_weekday=told["handoff_weekday"],
        handoff_time=told["handoff_time"],
        member_ids=form.member_ids(),
    )


def _initial(schedule: Schedule, now: datetime) -> dict[str, object]:
    """The schedule as it stands, the order beginning with this week's primary."""
    version = found_schedules.current_version(schedule, now)
    weekly = templates.weekly_of(version.definition) if version else None
    if version is None or weekly is None:
        return {"name": schedule.name, "time_zone": version.zone if version else schedule.team.time_zone}
    zone, first, members = weekly
    initial: dict[str, object] = {
        "name": schedule.name,
        "time_zone": zone,
        "handoff_weekday": first.weekday(),
        "handoff_time": first.time(),
    }
    turn = Rotation("weekly", 1, first, ZoneInfo(zone)).turn_at(now)
    cut = turn % len(members) if members else 0
    ordered = (members[cut:] + members[:cut])[:PLACES]
    return initial | {f"place_{place}": int(user_id) for place, user_id in enumerate(ordered)}
