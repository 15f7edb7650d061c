"""Calendars elsewhere that are layers of a schedule."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from oncall.forms.calendar_sources import CalendarPeopleForm, CalendarSourceForm
from oncall.models import CalendarSource, Schedule
from oncall.selectors import calendar_sources as found_sources
from oncall.selectors import schedules
from oncall.services import calendar_sources
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors

SHOWN = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_source_list(request: HttpRequest, id: str) -> HttpResponse:
    """The calendars of a schedule, and one more."""
    actor = actor_of(request)
    schedule = schedules.get_schedule(actor, id)
    form = CalendarSourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        actor.require(Role.MANAGER, schedule.team_id)
        if form.is_valid():
            try:
                source = _added(actor, schedule, form)
            except DomainError as error:
                add_errors(form, error)
            else:
                return redirect("calendar_source_detail", source.public_id)
    rows = [(one, found_sources.host_of(one)) for one in found_sources.sources_of(schedule)]
    context = {"schedule": schedule, "rows": rows, "form": form}
    context["may_manage"] = actor.may(Role.MANAGER, schedule.team_id)
    return render(request, "oncall/calendar_source_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_source_detail(request: HttpRequest, id: str) -> HttpResponse:
    """What a calendar says, whom it names, and what is wrong with it; POST says who is meant."""
    actor = actor_of(request)
    source = found_sources.get_source(actor, id)
    members = people.team_members(source.schedule.team_id)
    is_sent = request.method == "POST"
    files = request.FILES if is_sent else None
    form = CalendarPeopleForm(request.POST if is_sent else None, files, source=source, members=members)
    if is_sent:
        actor.require(Role.MANAGER, source.schedule.team_id)
        if form.is_valid():
            try:
                _named(actor, source, form)
            except DomainError as error:
                add_errors(form, error)
            else:
                messages.success(request, "Saved. It counts with the next reading.")
                return redirect("calendar_source_detail", source.public_id)
    context = {
        "source": source,
        "schedule": source.schedule,
        "host": found_sources.host_of(source),
        "shifts": found_sources.coming(source, timezone.now(), SHOWN),
        "form": form,
        "may_manage": actor.may(Role.MANAGER, source.schedule.team_id),
    }
    return render(request, "oncall/calendar_source_detail.html", context)


@login_required
@require_POST
def calendar_source_fetch(request: HttpRequest, id: str) -> HttpResponse:
    """Reads the calendar now."""
    actor = actor_of(request)
    source = found_sources.get_source(actor, id)
    actor.require(Role.MANAGER, source.schedule.team_id)
    if calendar_sources.fetch(source=source, now=timezone.now()):
        messages.success(request, "Read.")
    else:
        messages.error(request, f"It could not be read: {source.problem}")
    return redirect("calendar_source_detail", source.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_source_delete(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then takes the calendar out of the schedule."""
    actor = actor_of(request)
    source = found_sources.get_source(actor, id)
    actor.require(Role.MANAGER, source.schedule.team_id)
    if request.method == "POST":
        calendar_sources.delete_source(actor=actor, source=source, now=timezone.now())
        messages.success(request, "The calendar counts no more.")
        return redirect("calendar_source_list", source.schedule.public_id)
    return render(request, "oncall/calendar_source_delete.html", {"source": source})


def _named(actor: Actor, source: CalendarSource, form: CalendarPeopleForm) -> None:
    """Keeps the choices, and reads the file where it is given once more."""
    now, file = timezone.now(), form.cleaned_data.get("file")
    calendar_sources.set_people(actor=actor, source=source, people=form.people(), now=now)
    if file:
        calendar_sources.take_file(actor=actor, source=source, content=file.read(), now=now)


def _added(actor: Actor, schedule: Schedule, form: CalendarSourceForm) -> CalendarSource:
    """A file is read in the same request; a calendar whose file cannot be read is not kept."""
    told = dict(form.cleaned_data)
    file, now = told.pop("file"), timezone.now()
    content = file.read() if file else None
    return calendar_sources.add_source(actor=actor, schedule=schedule, content=content, **told, now=now)
