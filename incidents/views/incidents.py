"""The list of incidents, declaring one, and the page of one."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from incidents import selectors
from incidents.forms import DeclareForm, FilterForm, NoteForm, UpdateForm
from incidents.models import Incident
from incidents.selectors import details
from incidents.selectors.incidents import search, with_commander
from incidents.services import access, alerts, incidents
from incidents.views.pages import run_form
from oncall import selectors as oncall
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors.requests import actor_of

PAGE = 50
TIMELINE = 300


@login_required
@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    form = FilterForm(request.GET or None, actor=actor)
    found = with_commander(selectors.incidents(actor))
    if form.is_bound and form.is_valid():
        found = search(found, **_asked(form.cleaned_data))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    open_ones = list(selectors.open_incidents(actor)) if not form.is_bound else []
    context = {"page": page, "filter_form": form, "open_incidents": open_ones, "now": now}
    return render(request, "incidents/incident_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_declare(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    alert = oncall.get_alert(actor, request.GET["alert"]) if "alert" in request.GET else None
    initial = {"title": alert.title[:140], "service": alert.service_id} if alert is not None else {}
    initial["service"] = initial.get("service") or request.GET.get("service")
    form = DeclareForm(request.POST or None, actor=actor, initial=initial)
    made: list[Incident] = []

    def submit(values: dict[str, Any]) -> None:
        made.append(_declare(actor, alert, values, now))

    context = {"alert": alert}
    response = run_form(
        request,
        form=form,
        template="incidents/incident_declare.html",
        context=context,
        submit=submit,
        done="incident_list",
        message="Declared. You command until you hand over.",
    )
    return redirect("incident_detail", made[0].public_id) if made else response


@login_required
@require_safe
def incident_detail(request: HttpRequest, incident_id: str) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    incident = selectors.get_incident(actor, incident_id)
    starred = request.GET.get("show") == "starred"
    entries = list(details.entries(incident, starred=starred).reverse()[:TIMELINE])
    context = {
        "incident": incident,
        "changes": details.changes(incident, actor=actor, now=now),
        "versions": details.versions(incident, actor=actor, now=now),
        "roles": details.role_holders(incident),
        "affected": details.affected(incident, actor),
        "alerts": details.alerts(incident, actor),
        "updates": details.updates(incident),
        "entries": entries,
        "starred": starred,
        "milestones": details.shown_milestones(incident),
        "durations": details.durations(incident, now=now),
        "may_run": access.may_run(actor, incident),
        "is_overdue": incident.next_update_due_at is not None and incident.next_update_due_at <= now,
        "note_form": NoteForm(auto_id="note_%s"),
        "update_form": UpdateForm(incident=incident, auto_id="update_%s"),
        "now": now,
    }
    return render(request, "incidents/incident_detail.html", context)


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": values["q"].strip(),
        "status": values["status"],
        "severity": values["severity"],
        "service": values["service"].slug if values["service"] else "",
        "team": values["team"].slug if values["team"] else "",
    }


def _declare(actor: Actor, alert: Any, values: dict[str, Any], now: datetime) -> Incident:
    detected = {"detected_at": alert.started_at} if alert is not None else {}
    incident = incidents.declare(actor=actor, now=now, **values, **detected)
    if alert is not None:
        alerts.link_alert(actor=actor, incident=incident, alert=alert, now=now)
    return incident
