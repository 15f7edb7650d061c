"""The pages of heartbeats."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib import timetables
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain import source_snippets
from slo.domain.heartbeats import State
from slo.forms.heartbeats import HeartbeatFilterForm, HeartbeatForm, heartbeat_initial
from slo.forms.parts import managed_services
from slo.models import Heartbeat
from slo.models.heartbeats import SCHEDULES
from slo.selectors import heartbeats as selectors
from slo.selectors import objectives
from slo.services import heartbeats
from slo.services.heartbeat_rows import key_of
from slo.views import source_charts

PAGE_SIZE = 50
CHARTED = 200
SHOWN = 60
LISTED = 15
UPCOMING = 3


@login_required
@require_safe
def heartbeat_list(request: HttpRequest) -> HttpResponse:
    """The heartbeats that this person may see, those that are down first."""
    actor = actor_of(request)
    form = HeartbeatFilterForm(request.GET or None, actor=actor)
    found = selectors.search(selectors.heartbeats(actor), **form.wanted())
    context = {
        "filter_form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_create": bool(managed_services(actor)),
    }
    return render(request, "slo/heartbeat_list.html", context)


@login_required
@require_safe
def heartbeat_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One heartbeat: its state, its runs and how long they took, and how a job reports to it."""
    actor, now = actor_of(request), timezone.now()
    heartbeat = selectors.get_heartbeat(actor, public_id)
    runs = list(selectors.runs(heartbeat)[:CHARTED])
    context = {
        "heartbeat": heartbeat,
        "runs": runs[:LISTED],
        "blocks": runs[:SHOWN][::-1],
        "failure": next((run for run in runs if run.sample), None),
        "chart": source_charts.duration_chart(runs[::-1], heartbeat.grace),
        "upcoming": _upcoming(heartbeat, now),
        "snippets": _snippets(actor, heartbeat),
        "slos": objectives.slos(actor).filter(sli=heartbeat.sli),
        "may_manage": actor.may(Role.MANAGER, heartbeat.service.team_id),
    }
    return render(request, "slo/heartbeat_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat_create(request: HttpRequest) -> HttpResponse:
    """Adds a heartbeat: the service, the kind of schedule, then the schedule itself."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/heartbeat_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    kind = request.GET.get("kind", "period")
    kind = kind if kind in dict(SCHEDULES) else "period"
    form = HeartbeatForm(request.POST or None, schedule_kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            made = heartbeats.create_heartbeat(actor=actor, service=service, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{made.name} waits for its first ping.")
            return redirect("heartbeat_detail", made.public_id)
    context = {"form": form, "service": service, "kind": kind, "kinds": SCHEDULES}
    return render(request, "slo/heartbeat_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes a heartbeat; `?kind=` takes it to another kind of schedule."""
    actor, heartbeat = _managed(request, public_id)
    kind = request.GET.get("kind", heartbeat.schedule_kind)
    kind = kind if kind in dict(SCHEDULES) else heartbeat.schedule_kind
    form = HeartbeatForm(request.POST or None, schedule_kind=kind, initial=heartbeat_initial(heartbeat))
    if request.method == "POST" and form.is_valid():
        try:
            heartbeats.update_heartbeat(actor=actor, heartbeat=heartbeat, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return redirect("heartbeat_detail", heartbeat.public_id)
    context = {"form": form, "heartbeat": heartbeat, "kind": kind, "kinds": SCHEDULES}
    return render(request, "slo/heartbeat_edit.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat_pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then pauses a heartbeat or lets it go on."""
    actor, heartbeat = _managed(request, public_id)
    if request.method == "POST":
        paused = request.POST.get("paused") == "1"
        heartbeats.pause_heartbeat(actor=actor, heartbeat=heartbeat, paused=paused, now=timezone.now())
        messages.success(request, f"{heartbeat.name} {'is paused' if paused else 'goes on'}.")
        return redirect("heartbeat_detail", heartbeat.public_id)
    context = {"heartbeat": heartbeat, "is_paused": heartbeat.state == State.PAUSED}
    return render(request, "slo/heartbeat_pause.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat_rotate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then gives a heartbeat another key."""
    actor, heartbeat = _managed(request, public_id)
    if request.method == "POST":
        heartbeats.rotate_key(actor=actor, heartbeat=heartbeat, now=timezone.now())
        messages.success(request, f"{heartbeat.name} has another address. The old one is unknown from now on.")
        return redirect("heartbeat_detail", heartbeat.public_id)
    return render(request, "slo/heartbeat_rotate.html", {"heartbeat": heartbeat})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then removes a heartbeat; what its SLI counted stays."""
    actor, heartbeat = _managed(request, public_id)
    if request.method == "POST":
        heartbeats.delete_heartbeat(actor=actor, heartbeat=heartbeat, now=timezone.now())
        messages.success(request, f"{heartbeat.name} is removed.")
        return redirect("heartbeat_list")
    return render(request, "slo/heartbeat_delete.html", {"heartbeat": heartbeat})


def _managed(request: HttpRequest, public_id: str) -> tuple[Actor, Heartbeat]:
    actor = actor_of(request)
    heartbeat = selectors.get_heartbeat(actor, public_id)
    actor.require(Role.MANAGER, heartbeat.service.team_id)
    return actor, heartbeat


def _snippets(actor: Actor, heartbeat: Heartbeat) -> list[source_snippets.Snippet]:
    """How a job reports, for those who may know the key."""
    key = key_of(heartbeat) if actor.may(Role.RESPONDER, heartbeat.service.team_id) else ""
    expression = heartbeat.expression if heartbeat.schedule_kind == "cron" else ""
    url = f"{settings.PORTAL_BASE_URL}/ingest/heartbeat/{key}/"
    return source_snippets.of_heartbeat(url, expression) if key else []


def _upcoming(heartbeat: Heartbeat, now: datetime) -> list[datetime]:
    """The next times of a fixed schedule."""
    if heartbeat.schedule_kind == "period" or heartbeat.state == State.PAUSED:
        return []
    kind: Any = heartbeat.schedule_kind
    return timetables.upcoming(kind, heartbeat.expression, heartbeat.zone, now, UPCOMING)
