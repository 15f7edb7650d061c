"""The pages that ask for a probe: its service, its kind, and then what that kind knows."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.errors import DomainError
from slo.clients.kinds import KINDS
from slo.domain.phases import bar_of
from slo.domain.probing import Outcome
from slo.forms.parts import managed_services
from slo.forms.probes import ProbeForm
from slo.models import Probe
from slo.selectors import probes as selectors
from slo.services import probe_trials, probes


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def probe_create(request: HttpRequest) -> HttpResponse:
    """Adds a probe: first the service is chosen, then the kind, then what to ask and what to expect."""
    actor, now = actor_of(request), timezone.now()
    if "service" not in request.GET:
        return render(request, "slo/probe_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    kind = KINDS.get(request.GET.get("kind", ""))
    if kind is None:
        return render(request, "slo/probe_create.html", {"service": service, "kinds": list(KINDS.values())})
    form = ProbeForm(request.POST or None, kind=kind)
    context: dict[str, Any] = {"form": form, "service": service, "kind": kind}
    if _wants(request, "try"):
        context |= _tried(form, actor=actor, service=service, now=now)
    if _wants(request, "save") and form.is_valid():
        try:
            probe = probes.create_probe(actor=actor, service=service, facts=form.facts(), now=now)
        except DomainError as error:
            form.place(error)
        else:
            messages.success(request, f"{probe.name} runs within {probe.interval.total_seconds():g} seconds.")
            return redirect("probe_detail", probe.public_id)
    return render(request, "slo/probe_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def probe_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes a probe; its kind stays."""
    actor, now = actor_of(request), timezone.now()
    probe = selectors.get_probe(actor, public_id)
    actor.require(Role.MANAGER, probe.service.team_id)
    kind = KINDS[probe.kind]
    form = ProbeForm(request.POST or None, kind=kind, probe=probe, stored=probes.secret_names(probe))
    context: dict[str, Any] = {"form": form, "probe": probe, "kind": kind}
    if _wants(request, "try"):
        context |= _tried(form, actor=actor, service=probe.service, now=now, probe=probe)
    if _wants(request, "save") and form.is_valid():
        try:
            probes.update_probe(actor=actor, probe=probe, facts=form.facts(), now=now)
        except DomainError as error:
            form.place(error)
        else:
            messages.success(request, f"{probe.name} is saved.")
            return redirect("probe_detail", probe.public_id)
    return render(request, "slo/probe_edit.html", context)


def _wants(request: HttpRequest, action: str) -> bool:
    return request.method == "POST" and request.POST.get("action", "save") == action


def _tried(
    form: ProbeForm, *, actor: Actor, service: Service, now: datetime, probe: Probe | None = None
) -> dict[str, Any]:
    """What one run of the typed probe finds; nothing when there is something wrong with it."""
    if not form.is_valid():
        return {}
    try:
        outcome: Outcome = probe_trials.try_probe(
            actor=actor, service=service, facts=form.facts(), now=now, probe=probe
        )
    except DomainError as error:
        form.place(error)
        return {}
    return {"outcome": outcome, "bar": bar_of(outcome.timings)}
