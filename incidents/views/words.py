"""What people write into a running incident: notes, corrections, updates, the all clear."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from incidents.domain import all_clear as steps
from incidents.forms import AllClearForm, CorrectForm, NoteForm, SnoozeForm, UpdateForm
from incidents.models import Incident
from incidents.selectors import details
from incidents.services import all_clear, timeline, updates
from incidents.views.pages import run_form, writable
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors.requests import actor_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_note(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    return run_form(
        request,
        form=NoteForm(request.POST or None),
        template="incidents/incident_note.html",
        context={"incident": incident},
        submit=lambda values: timeline.add_note(
            actor=actor_of(request), incident=incident, now=timezone.now(), **values
        ),
        done=resolve_url("incident_detail", incident.public_id) + "#timeline",
        message="Added to the timeline.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_correct(request: HttpRequest, incident_id: str, entry_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    entry = details.get_entry(incident, entry_id)
    return run_form(
        request,
        form=CorrectForm(request.POST or None, initial={"text": entry.text}),
        template="incidents/incident_correct.html",
        context={"incident": incident, "entry": entry},
        submit=lambda values: timeline.correct(actor=actor_of(request), entry=entry, now=timezone.now(), **values),
        done=resolve_url("incident_detail", incident.public_id) + "#timeline",
        message="Corrected; the old entry stays, crossed out.",
    )


@login_required
@require_POST
def incident_star(request: HttpRequest, incident_id: str, entry_id: str) -> HttpResponse:
    incident = writable(request, incident_id)
    entry = details.get_entry(incident, entry_id)
    starred = request.POST.get("starred") == "1"
    timeline.star(actor=actor_of(request), entry=entry, starred=starred, now=timezone.now())
    return redirect(resolve_url("incident_detail", incident.public_id) + f"#{entry.public_id}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_update(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident, now = writable(request, incident_id), timezone.now()

    def submit(values: dict[str, Any]) -> None:
        minutes = values.pop("due_in")
        due = now + timedelta(minutes=minutes) if minutes else None
        updates.post_update(actor=actor_of(request), incident=incident, next_due_at=due, now=now, **values)

    return run_form(
        request,
        form=UpdateForm(request.POST or None, incident=incident),
        template="incidents/incident_update.html",
        context={"incident": incident},
        submit=submit,
        done=resolve_url("incident_detail", incident.public_id),
        message="The update is posted.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_snooze(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident, now = writable(request, incident_id), timezone.now()
    return run_form(
        request,
        form=SnoozeForm(request.POST or None),
        template="incidents/incident_snooze.html",
        context={"incident": incident},
        submit=lambda values: updates.snooze(
            actor=actor_of(request),
            incident=incident,
            until=now + timedelta(minutes=values["due_in"]),
            reason=values["reason"],
            now=now,
        ),
        done=resolve_url("incident_detail", incident.public_id),
        message="The next update is moved.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incident_all_clear(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident, now = writable(request, incident_id), timezone.now()
    step = steps.IS_FIXED if incident.all_clear_step else steps.SHOULD_BE_FIXED
    return run_form(
        request,
        form=AllClearForm(request.POST or None, step=request.POST.get("step", step)),
        template="incidents/incident_all_clear.html",
        context={"incident": incident, "step": step},
        submit=lambda values: _all_clear(actor_of(request), incident, values, now),
        done=resolve_url("incident_detail", incident.public_id),
        message="Everybody is told.",
    )


def _all_clear(actor: Actor, incident: Incident, values: dict[str, Any], now: datetime) -> None:
    if values.pop("step") == steps.SHOULD_BE_FIXED:
        all_clear.should_be_fixed(actor=actor, incident=incident, text=values["text"], now=now)
    else:
        all_clear.is_fixed(actor=actor, incident=incident, now=now, **values)
