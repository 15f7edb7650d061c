"""Schedules of another system: paste, look at what becomes of them, make them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from oncall.domain.imports import systems
from oncall.forms.imports import PeopleForm, ScheduleImportForm
from oncall.services import schedule_imports
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_import(request: HttpRequest) -> HttpResponse:
    """First the report with a choice for each person; nothing is made until it is sent again as `create`."""
    actor = actor_of(request)
    is_sent = request.method == "POST"
    form = ScheduleImportForm(request.POST if is_sent else None, request.FILES if is_sent else None, actor=actor)
    context: dict[str, Any] = {"form": form, "systems": systems.SYSTEMS.values()}
    context["may_import"] = people.teams_where(actor, Role.MANAGER).exists()
    if is_sent and form.is_valid():
        actor.require(Role.MANAGER, form.cleaned_data["team"].pk)
        try:
            context |= _understood(request, form)
        except DomainError as error:
            add_errors(form, error)
    return render(request, "oncall/schedule_import.html", context)


def _understood(request: HttpRequest, form: ScheduleImportForm) -> dict[str, Any]:
    """The report of what was sent, and of what was made where that was asked for."""
    told, texts = form.cleaned_data, form.texts()
    given: dict[str, Any] = {
        "system": told["system"],
        "documents": schedule_imports.documents_of(texts),
        "team_id": told["team"].pk,
    }
    report = schedule_imports.preview(**given, chosen={})
    members = people.team_members(told["team"].pk)
    is_second = "step" in request.POST
    asked = PeopleForm(request.POST if is_second else None, matches=report.matches, members=members)
    context = {"report": report, "people_form": asked, "text": "\n".join(texts), "told": told}
    if not is_second or not asked.is_valid():
        return context
    chosen = asked.chosen()
    if request.POST["step"] != "create":
        return context | {"report": schedule_imports.preview(**given, chosen=chosen)}
    wanted = request.POST.getlist("wanted")
    made = schedule_imports.create(actor=actor_of(request), **given, chosen=chosen, wanted=wanted, now=timezone.now())
    count = sum(bool(line.made_id) for line in (*made.schedules, *made.policies))
    messages.success(request, f"{count} of {len(made.schedules) + len(made.policies)} are made.")
    return {"report": made, "is_made": True}
