"""The pages of the gate: its answer, what it answered before, and overrides."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain.gate_facts import Asked
from slo.forms.gates import AskForm, EvaluationFilterForm, OverrideForm
from slo.selectors import gate_pages, gates, policies, release_windows
from slo.selectors import releases as releases_of
from slo.services import gates as services

PAGE_SIZE = 50
SHOWN = 5


@login_required
@require_safe
def gate_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """May this service release now, and why (not)? Looking is not kept; what a pipeline asks is."""
    actor, now = actor_of(request), timezone.now()
    service = catalog.get_service(actor, slug)
    form = AskForm(request.GET or None)
    effective = policies.policy_for(service.pk)
    gate = gates.decided(effective, service_id=service.pk, now=now, asked=Asked(**form.wanted()))
    context = {
        "service": service,
        "gate": gate,
        "form": form,
        "effective": effective,
        "rows": gate_pages.budget_rows(gate, now),
        "window_row": release_windows.window_row(service.pk),
        "overrides": gates.overrides(actor).filter(service=service)[:SHOWN],
        "evaluations": gates.evaluations(actor).filter(service=service)[:SHOWN],
        "releases": releases_of.releases(actor).filter(service=service)[:SHOWN],
        "may_record": actor.may(Role.RESPONDER, service.team_id),
        "may_override": actor.may(Role.MANAGER, service.team_id),
        "now": now,
    }
    return render(request, "slo/gate_detail.html", context)


@login_required
@require_safe
def gate_evaluation_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What the gate of a service answered to whom."""
    actor = actor_of(request)
    service = catalog.get_service(actor, slug)
    form = EvaluationFilterForm(request.GET or None)
    found = gates.search(gates.evaluations(actor).filter(service=service), **form.wanted())
    context = {
        "service": service,
        "filter_form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "slo/gate_evaluation_list.html", context)


@login_required
@require_safe
def gate_evaluation_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One answer of the gate with the evidence of then."""
    evaluation = gates.get_evaluation(actor_of(request), public_id)
    context = {"evaluation": evaluation, "service": evaluation.service, "rows": gate_pages.kept_rows(evaluation)}
    return render(request, "slo/gate_evaluation_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def gate_override(request: HttpRequest, slug: str) -> HttpResponse:
    """A manager opens the gate for a while, with a reason; it owes a postmortem."""
    actor, now = actor_of(request), timezone.now()
    service = catalog.get_service(actor, slug)
    actor.require(Role.MANAGER, service.team_id)
    form = OverrideForm(request.POST or None, initial={"version": request.GET.get("version", "")})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        expires_at = now + timedelta(hours=int(facts.pop("hours")))
        try:
            services.override_gate(actor=actor, service=service, expires_at=expires_at, now=now, **facts)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The gate of {service.name} is open. A postmortem is owed.")
            return redirect("gate_detail", service.slug)
    return render(request, "slo/gate_override.html", {"form": form, "service": service})


@login_required
@require_POST
def gate_override_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """An override ends now."""
    actor = actor_of(request)
    override = gates.get_override(actor, public_id)
    actor.require(Role.MANAGER, override.service.team_id)
    services.revoke_override(actor=actor, override=override, now=timezone.now())
    messages.success(request, "The override has ended.")
    return redirect("gate_detail", override.service.slug)
