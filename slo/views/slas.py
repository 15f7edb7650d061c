"""The page of the SLA beside an SLO."""

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
from portal.lib import times
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain.credits import Period
from slo.domain.windows import watermark
from slo.forms.slas import SlaForm, credit_rows, sla_initial
from slo.models import Sla, Slo
from slo.selectors import objectives
from slo.selectors import slas as selectors
from slo.services import slas


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sla_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What customers were promised and how its periods went; managers set it here."""
    actor = actor_of(request)
    slo = objectives.get_slo(actor, public_id)
    may_manage = _may_manage(actor, slo)
    if request.method == "POST":
        actor.require(Role.MANAGER, slo.service.team_id)
    sla = selectors.sla_of(slo)
    form = SlaForm(request.POST or None, initial=sla_initial(sla, slo))
    rows = credit_rows(request.POST or None, sla.credits if sla else [])
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            slas.set_sla(actor=actor, slo=slo, facts=form.cleaned_data | {"credits": rows.steps()}, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The SLA beside {slo.name} is saved.")
            return redirect("sla_detail", slo.public_id)
    context = {"slo": slo, "sla": sla, "form": form, "credit_rows": rows, "may_manage": may_manage}
    return render(request, "slo/sla_detail.html", context | _periods(sla) | {"zones": times.zone_names()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sla_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then takes the SLA away."""
    actor = actor_of(request)
    slo = objectives.get_slo(actor, public_id)
    actor.require(Role.MANAGER, slo.service.team_id)
    sla = selectors.get_sla(slo)
    if request.method == "POST":
        slas.remove_sla(actor=actor, slo=slo, now=timezone.now())
        messages.success(request, f"{slo.name} has no SLA any more.")
        return redirect("slo_detail", slo.public_id)
    return render(request, "slo/sla_remove.html", {"slo": slo, "sla": sla})


def current_period(slo: Slo) -> tuple[Sla | None, Period | None]:
    """The SLA and its current period, for the page of the SLO."""
    sla = selectors.sla_of(slo)
    return sla, selectors.periods(sla, end=watermark(timezone.now()), count=1)[0] if sla else None


def _may_manage(actor: Actor, slo: Slo) -> bool:
    return slo.archived_at is None and actor.may(Role.MANAGER, slo.service.team_id)


def _periods(sla: Sla | None) -> dict[str, Any]:
    if sla is None:
        return {}
    found = selectors.periods(sla, end=watermark(timezone.now()))
    return {"current": found[0], "history": found[1:], "owing": [period for period in found if period.credit]}
