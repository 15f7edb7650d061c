"""Schedules as people see them: picture, list by day, calendar, versions, expectations and handoffs."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.domain import timelines
from oncall.forms.duties import ExpectationsForm, HandoffForm
from oncall.models import Schedule
from oncall.selectors import drawings, duties, handoffs, outlook, planning
from oncall.selectors import schedules as found_schedules
from oncall.services import handoffs as written
from oncall.services import schedules, temporary
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError, Invalid, NotFound

RANGES = ((14, "2 weeks"), (30, "Month"), (92, "3 months"))
LONGEST = timedelta(days=100)


@login_required
@require_safe
def schedule_detail(request: HttpRequest, id: str) -> HttpResponse:
    """Who is on call now and in the coming weeks, with gaps, overrides, swaps, load and the last handoff."""
    actor = actor_of(request)
    now = timezone.now()
    schedule = found_schedules.get_schedule(actor, id)
    zone = timezone.get_current_timezone()
    today = timezone.localdate(now)
    days, first = _asked(request, today)
    context = {
        "schedule": schedule,
        "version": found_schedules.current_version(schedule, now),
        "coming": found_schedules.coming_versions(schedule, now),
        "published": outlook.published(schedule, now),
        "on_call": found_schedules.on_call_of([schedule], now=now, horizon=found_schedules.PUBLISHED),
        "drawing": drawings.drawing(schedule, first=first, days=days, zone=zone, now=now),
        "ranges": RANGES,
        "days": days,
        "first": first,
        "is_today": first == today,
        "earlier": first - timedelta(days=days),
        "later": first + timedelta(days=days),
        "overrides": [one for one in schedule.overrides.all() if one.ends_at > now],
        "swaps": duties.open_swaps(actor, now).filter(schedule=schedule),
        "temporaries": temporary.temporaries(schedule, now),
        "note": handoffs.last_note(schedule),
        "may_manage": actor.may(Role.MANAGER, schedule.team_id),
        "may_respond": actor.may(Role.RESPONDER, schedule.team_id),
        "members": people.team_members(schedule.team_id),
        "now": now,
        "section": "schedules",
    }
    return render(request, "oncall/schedule_detail.html", context)


@login_required
@require_safe
def schedule_calendar(request: HttpRequest, id: str) -> HttpResponse:
    """The same shifts as a calendar in which they can be dragged; without scripts it leads to the list."""
    actor = actor_of(request)
    schedule = found_schedules.get_schedule(actor, id)
    may_respond = actor.may(Role.RESPONDER, schedule.team_id)
    members = people.team_members(schedule.team_id) if may_respond else []
    context = {"schedule": schedule, "may_respond": may_respond, "members": members, "section": "schedules"}
    return render(request, "oncall/schedule_calendar.html", context)


@login_required
@require_safe
def schedule_events(request: HttpRequest, id: str) -> JsonResponse:
    """The shifts of the calendar as JSON, on the wall of the reader, for at most 100 days."""
    schedule = found_schedules.get_schedule(actor_of(request), id)
    bounds = [_moment(request.GET.get(name, "")) for name in ("start", "end")]
    start, end = bounds
    if start is None or end is None or not start < end <= start + LONGEST:
        raise Invalid(fields={"end": ["Give `start` and `end`, at most 100 days apart."]})
    return JsonResponse([drawings.event(bar) for bar in drawings.bars(schedule, start, end)], safe=False)


@login_required
@require_safe
def schedule_versions(request: HttpRequest, id: str) -> HttpResponse:
    """Who changed what when; versions that are planned can be withdrawn."""
    actor = actor_of(request)
    schedule = found_schedules.get_schedule(actor, id)
    rows = schedule.versions.select_related("created_by").order_by("-effective_from", "-pk")
    found = [one for one in rows if not planning.is_void(one)]
    now = timezone.now()
    context = {
        "schedule": schedule,
        "versions": [
            (one, handoffs.words(one), one.effective_from > now) for one in found if not planning.is_void(one)
        ],
        "may_manage": actor.may(Role.MANAGER, schedule.team_id),
        "now": now,
        "section": "schedules",
    }
    return render(request, "oncall/schedule_versions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_expectations(request: HttpRequest, id: str) -> HttpResponse:
    """Responsibilities and response times in the team's own words."""
    actor = actor_of(request)
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.MANAGER, schedule.team_id)
    form = ExpectationsForm(request.POST or None, initial={"text": schedule.expectations})
    if request.method == "POST" and form.is_valid():
        schedules.set_expectations(actor=actor, schedule=schedule, text=form.cleaned_data["text"], now=timezone.now())
        messages.success(request, "Saved.")
        return redirect("schedule_detail", schedule.public_id)
    context = {"form": form, "schedule": schedule, "section": "schedules"}
    return render(request, "oncall/schedule_expectations.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_handoff(request: HttpRequest, id: str) -> HttpResponse:
    """The notes that shifts left each other, and the open alerts that are handed over; responders write one more."""
    actor = actor_of(request)
    schedule = found_schedules.get_schedule(actor, id)
    if request.method == "POST":
        actor.require(Role.RESPONDER, schedule.team_id)
    form = HandoffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written.write(actor=actor, schedule=schedule, text=form.cleaned_data["text"], now=timezone.now())
        messages.success(request, "Written. Whoever comes next reads it here and in their handoff mail.")
        return redirect("schedule_handoff", schedule.public_id)
    context = {
        "form": form,
        "schedule": schedule,
        "notes": handoffs.notes(schedule)[:20],
        "alerts": handoffs.open_alerts(schedule),
        "may_respond": actor.may(Role.RESPONDER, schedule.team_id),
        "section": "schedules",
    }
    return render(request, "oncall/schedule_handoff.html", context)


@login_required
@require_POST
def schedule_withdraw(request: HttpRequest, id: str) -> HttpResponse:
    """Takes back a version that is planned; the one before it goes on."""
    actor = actor_of(request)
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.MANAGER, schedule.team_id)
    asked = request.POST.get("version", "")
    version = next((one for one in schedule.versions.all() if str(one.pk) == asked), None)
    if version is None:
        raise NotFound("There is no such version.")
    try:
        schedules.withdraw_version(actor=actor, schedule=schedule, version_id=version.pk, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, "Withdrawn. The version before it goes on.")
    return redirect("schedule_versions", schedule.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_archive(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then puts nobody on call by this schedule any more."""
    actor = actor_of(request)
    schedule: Schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.MANAGER, schedule.team_id)
    if request.method == "POST":
        try:
            schedules.archive(actor=actor, schedule=schedule, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.detail)
            return redirect("schedule_detail", schedule.public_id)
        messages.success(request, f"{schedule} puts nobody on call any more.")
        return redirect("oncall_home")
    return render(request, "oncall/schedule_archive.html", {"schedule": schedule, "section": "schedules"})


def _asked(request: HttpRequest, today: date) -> tuple[int, date]:
    """The length and the first day of the picture; what cannot be read means two weeks from today."""
    known = {str(days): days for days, _ in RANGES}
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        first = today
    near = abs(first - today) < timedelta(days=3650)
    return known.get(request.GET.get("days", ""), RANGES[0][0]), first if near else today


def _moment(text: str) -> Any:
    """An instant of an address: on the reader's clock where it has no offset."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
        if found is not None and timezone.is_naive(found):
            found = timezone.make_aware(found)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and timelines.in_reach(found) else None
