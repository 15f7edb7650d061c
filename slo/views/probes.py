"""The pages of probes."""

from datetime import timedelta

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
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.forms.parts import managed_services
from slo.forms.probes import NEW_PROBE, ProbeFilterForm, ProbeForm, probe_initial
from slo.selectors import objectives
from slo.selectors import probes as selectors
from slo.services import probes
from slo.views import charts

PAGE_SIZE = 50
RECENT = timedelta(hours=24)
CHARTED = 1500
LISTED = 25


@login_required
@require_safe
def probe_list(request: HttpRequest) -> HttpResponse:
    """The probes that this person may see, those that are down first."""
    actor = actor_of(request)
    form = ProbeFilterForm(request.GET or None, actor=actor)
    found = selectors.search(selectors.probes(actor), **form.wanted())
    context = {
        "filter_form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_create": actor.is_administrator or any(role >= Role.MANAGER for role in actor.roles.values()),
    }
    return render(request, "slo/probe_list.html", context)


@login_required
@require_safe
def probe_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One probe: its state, latency and latest results, and the SLOs that count it."""
    actor, now = actor_of(request), timezone.now()
    probe = selectors.get_probe(actor, public_id)
    results = list(selectors.results(probe, start=now - RECENT, end=now + probe.interval)[:CHARTED])
    context = {
        "probe": probe,
        "results": results[:LISTED],
        "good": sum(result.ok for result in results),
        "total": len(results),
        "failures": [result for result in results if not result.ok][:LISTED],
        "chart": charts.latency_chart(results[::-1], probe.latency_limit),
        "slos": objectives.slos(actor).filter(sli__probe=probe),
        "may_manage": actor.may(Role.MANAGER, probe.service.team_id),
    }
    return render(request, "slo/probe_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def probe_create(request: HttpRequest) -> HttpResponse:
    """Adds a probe: first the service is chosen, then what to ask and what to expect."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/probe_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    form = ProbeForm(request.POST or None, initial=NEW_PROBE)
    if request.method == "POST" and form.is_valid():
        try:
            probe = probes.create_probe(actor=actor, service=service, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{probe.name} runs within {probe.interval.total_seconds():g} seconds.")
            return redirect("probe_detail", probe.public_id)
    return render(request, "slo/probe_create.html", {"form": form, "service": service})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def probe_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes a probe."""
    actor = actor_of(request)
    probe = selectors.get_probe(actor, public_id)
    actor.require(Role.MANAGER, probe.service.team_id)
    form = ProbeForm(request.POST or None, initial=probe_initial(probe))
    if request.method == "POST" and form.is_valid():
        try:
            probes.update_probe(actor=actor, probe=probe, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{probe.name} is saved.")
            return redirect("probe_detail", probe.public_id)
    return render(request, "slo/probe_edit.html", {"form": form, "probe": probe})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def probe_pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then pauses a running probe or lets a paused one run again."""
    actor = actor_of(request)
    probe = selectors.get_probe(actor, public_id)
    actor.require(Role.MANAGER, probe.service.team_id)
    if request.method == "POST":
        paused = request.POST.get("paused") == "1"
        probes.pause_probe(actor=actor, probe=probe, paused=paused, now=timezone.now())
        messages.success(request, f"{probe.name} {'is paused' if paused else 'runs again'}.")
        return redirect("probe_detail", probe.public_id)
    return render(request, "slo/probe_pause.html", {"probe": probe})
