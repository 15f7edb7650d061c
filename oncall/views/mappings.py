"""Trying how a sender's JSON becomes alerts, and what a subject should look like."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from oncall.domain import signals, subjects
from oncall.domain.formats import mapping_guesses
from oncall.domain.formats.words import BadSignals
from oncall.domain.signals import Signal
from oncall.forms.integrations import MappingForm
from oncall.models import Integration
from oncall.selectors import doors, incoming
from oncall.services import integrations, readings
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of

EXAMPLE = {
    "fields": {
        "title": {"path": "$.check.name", "prefix": "Look at "},
        "severity": {"path": "$.check.level", "values": {"red": "critical", "yellow": "warning"}, "default": "info"},
        "status": {"path": "$.check.state", "values": {"good": "resolved", "bad": "firing"}},
        "dedup_key": {"path": "$.check.id"},
        "labels.host": {"path": "$.host"},
    }
}
BODY = {"check": {"id": "c-17", "name": "the queue of orders", "level": "red", "state": "bad"}, "host": "mq-1"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def integration_mapping(request: HttpRequest, id: str) -> HttpResponse:
    """A mapping beside a body: shows the alerts that it makes, or what is wrong; saves it when asked to."""
    actor = actor_of(request)
    integration = doors.get_integration(actor, id)
    actor.require(Role.MANAGER, integration.team_id)
    told = _suggested(request.POST) if "suggest" in request.POST else request.POST
    initial = _initial(integration)
    form = MappingForm(told or initial)
    context: dict[str, Any] = {
        "form": form,
        "integration": integration,
        "is_new": not integration.settings.get("mapping"),
    }
    if form.is_valid():
        mapping = form.cleaned_data["mapping"]
        if "save" in request.POST:
            facts: dict[str, Any] = {"facts": {}, "settings": {"mapping": mapping}}
            integrations.update_integration(actor=actor, integration=integration, **facts, now=timezone.now())
            messages.success(request, "The mapping is saved." if mapping else "The mapping is removed.")
            return redirect("integration_detail", integration.public_id)
        context |= _tried(form.cleaned_data["body"], {**integration.settings, "mapping": mapping})
    return render(request, "oncall/integration_mapping.html", context)


@login_required
@require_safe
def subject_check(request: HttpRequest) -> HttpResponse:
    """What is wrong with a subject, while somebody writes it."""
    title = request.GET.get("title", "")[: subjects.READ]
    context = {"problems": subjects.problems(title) if title.strip() else [], "title": title}
    return render(request, "oncall/subject_check.html", context)


def _initial(integration: Integration) -> dict[str, str]:
    """The mapping that counts, else what may be meant by the last body; an example where nothing came in."""
    try:
        body = json.loads(incoming.last_sample(integration))
    except (ValueError, RecursionError):
        body = BODY
    usual = EXAMPLE if body is BODY else mapping_guesses.guess(body)
    mapping = integration.settings.get("mapping") or usual
    return {name: json.dumps(said, indent=2) for name, said in (("mapping", mapping), ("body", body))}


def _suggested(posted: Mapping[str, str]) -> dict[str, str]:
    """What was posted with a mapping guessed from its body; the mapping stays where the body is no JSON."""
    told = {name: posted.get(name, "") for name in ("mapping", "body")}
    with suppress(ValueError, RecursionError):
        told["mapping"] = json.dumps(mapping_guesses.guess(json.loads(told["body"])), indent=2)
    return told


def _tried(body: str, settings: dict[str, Any]) -> dict[str, Any]:
    try:
        found = readings.signals_of("json", readings.said_in(body.encode("utf-8", "replace")), settings)
    except BadSignals as error:
        return {"errors": error.fields, "is_tried": True}
    return {"signals": [_shown(one) for one in found], "is_tried": True}


def _shown(signal: Signal) -> dict[str, Any]:
    rest = {name: said for name, said in signals.to_json(signal).items() if name not in ("title", "severity", "status")}
    told = {
        name: json.dumps(said, ensure_ascii=False) if isinstance(said, dict | list) else said
        for name, said in rest.items()
    }
    advice = subjects.problems(signal.title) if signal.title else []
    return {"title": signal.title, "severity": signal.severity, "status": signal.status, "rest": told, "advice": advice}
