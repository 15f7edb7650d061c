"""The pages of the ledger of corrections."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.forms.corrections import CorrectionForm
from slo.forms.parts import FilterForm, managed_services
from slo.selectors import adjustments, consequences, objectives
from slo.services import corrections

PAGE_SIZE = 50


@login_required
@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """The ledger as far as this person may see it, the latest first."""
    actor = actor_of(request)
    form = FilterForm(request.GET or None, actor=actor)
    found = adjustments.search_corrections(adjustments.corrections(actor), **form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    managed = {service.pk for service in managed_services(actor)}
    context = {"filter_form": form, "page": page, "managed": managed, "may_create": bool(managed)}
    return render(request, "slo/correction_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction_create(request: HttpRequest) -> HttpResponse:
    """Appends a correction: first the service, then the preview of what it changes, then the ledger."""
    actor, now = actor_of(request), timezone.now()
    if "service" not in request.GET:
        return render(request, "slo/correction_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    slos = list(objectives.slos(actor).filter(service=service))
    form = CorrectionForm(request.POST or None, slos=slos, initial={"slo": request.GET.get("slo", "")})
    context: dict[str, Any] = {"form": form, "service": service}
    if request.method == "POST" and form.is_valid():
        try:
            if form.was_seen and "save" in request.POST:
                corrections.create_correction(actor=actor, service=service, now=now, **form.facts())
                messages.success(request, "The correction stands in the ledger and is applied.")
                return redirect("correction_list")
            context |= _preview(form, service, now)
        except DomainError as error:
            add_errors(form, error)
    return render(request, "slo/correction_create.html", context)


def _preview(form: CorrectionForm, service: Service, now: datetime) -> dict[str, Any]:
    draft = corrections.draft(service=service, now=now, **form.facts())
    found = consequences.consequences(draft, now=now)
    return {"consequences": found, "digest": form.digest, "whole_hours": any(one.whole_hours for one in found)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then takes a correction back; it stays in the ledger."""
    actor = actor_of(request)
    correction = adjustments.get_correction(actor, public_id)
    actor.require(Role.MANAGER, correction.service.team_id)
    if request.method == "POST":
        corrections.revoke_correction(actor=actor, correction=correction, now=timezone.now())
        messages.success(request, "The correction is revoked. The numbers are what they were without it.")
        return redirect("correction_list")
    return render(request, "slo/correction_revoke.html", {"correction": correction})
