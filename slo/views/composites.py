"""The pages of composite SLOs."""

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
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.forms.composites import CompositeForm, PartRows, ReasonForm, shares_of
from slo.forms.parts import managed_services
from slo.models import Slo
from slo.selectors import composites as selectors
from slo.selectors import objectives
from slo.services import composites


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def composite_create(request: HttpRequest) -> HttpResponse:
    """Adds an SLO that is composed of others."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/composite_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    slos = _slos(actor)
    form, rows = CompositeForm(request.POST or None), PartRows(request.POST or None, form_kwargs={"slos": slos})
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            slo = composites.create_composite(
                actor=actor, service=service, shares=shares_of(rows, slos), facts=form.cleaned_data, now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{slo.name} is composed.")
            return redirect("slo_detail", slo.public_id)
    context = {"form": form, "rows": rows, "service": service, "has_slos": bool(slos)}
    return render(request, "slo/composite_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_parts(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a composite consists of; a change is a new revision."""
    actor = actor_of(request)
    slo = objectives.get_slo(actor, public_id)
    actor.require(Role.MANAGER, slo.service.team_id)
    slos, form = _slos(actor), ReasonForm(request.POST or None)
    slos.pop(slo.public_id, None)
    rows = PartRows(request.POST or None, initial=_initial(slo), form_kwargs={"slos": slos})
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        reason, now = form.cleaned_data["reason"], timezone.now()
        try:
            composites.set_parts(actor=actor, slo=slo, shares=shares_of(rows, slos), reason=reason, now=now)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The parts of {slo.name} are saved.")
            return redirect("slo_detail", slo.public_id)
    return render(request, "slo/slo_parts.html", {"form": form, "rows": rows, "slo": slo})


def _slos(actor: Actor) -> dict[str, Slo]:
    return {slo.public_id: slo for slo in objectives.slos(actor)}


def _initial(slo: Slo) -> list[dict[str, Any]]:
    return [{"slo": one.part.public_id, "weight": one.weight} for one in selectors.parts_of(slo)]
