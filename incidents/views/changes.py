"""Changing what an incident says of itself: facts, milestones, affected services, roles, status."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from incidents.domain import milestones
from incidents.forms import AffectedForm, EditForm, HandoverForm, MilestonesForm, StatusForm
from incidents.services import edits, incidents, roles
from incidents.views.pages import run_form, writable
from portal.accounts.selectors.requests import actor_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_edit(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    initial = {name: getattr(incident, name) for name in (*edits.EDITABLE, "version")}
    return run_form(
        request,
        form=EditForm(request.POST or None, initial=initial),
        template="incidents/incident_edit.html",
        context={"incident": incident},
        submit=lambda values: edits.edit(
            actor=actor_of(request),
            incident=incident,
            version=values.pop("version"),
            changes=values,
            now=timezone.now(),
        ),
        done=resolve_url("incident_detail", incident.public_id),
        message="Saved.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_milestones(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    form = MilestonesForm(
        request.POST or None, initial={f"{name}_at": incident.milestones.at(name) for name in milestones.NAMES}
    )
    return run_form(
        request,
        form=form,
        template="incidents/incident_milestones.html",
        context={"incident": incident},
        submit=lambda values: edits.set_milestones(
            actor=actor_of(request), incident=incident, instants=form.instants(values), now=timezone.now()
        ),
        done=resolve_url("incident_detail", incident.public_id),
        message="Milestones saved; the numbers follow.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_affected(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    affected = {row.service: row.state for row in incident.affected.select_related("service")}
    form = AffectedForm(request.POST or None, actor=actor_of(request), affected=affected)
    return run_form(
        request,
        form=form,
        template="incidents/incident_affected.html",
        context={"incident": incident},
        submit=lambda values: edits.set_affected(
            actor=actor_of(request), incident=incident, states_of=form.states_of(values), now=timezone.now()
        ),
        done=resolve_url("incident_detail", incident.public_id),
        message="Affected services saved.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_handover(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    initial = {"role": request.GET.get("role", "commander"), "user": request.GET.get("user", actor_of(request).user_id)}
    return run_form(
        request,
        form=HandoverForm(request.POST or None, initial=initial),
        template="incidents/incident_handover.html",
        context={"incident": incident},
        submit=lambda values: roles.hand_over(actor=actor_of(request), incident=incident, now=timezone.now(), **values),
        done=resolve_url("incident_detail", incident.public_id),
        message="Handed over, and written on the timeline.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_status(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    initial = {"status": request.GET.get("status")}
    return run_form(
        request,
        form=StatusForm(request.POST or None, incident=incident, initial=initial),
        template="incidents/incident_status.html",
        context={"incident": incident},
        submit=lambda values: incidents.change_status(
            actor=actor_of(request), incident=incident, status=values["status"], now=timezone.now()
        ),
        done=resolve_url("incident_detail", incident.public_id),
        message="The status is changed.",
    )
