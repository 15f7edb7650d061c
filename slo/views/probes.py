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
from slo.clients.kinds import KINDS
from slo.domain import phases
from slo.forms.probes import ProbeFilterForm
from slo.selectors import locations, objectives, probe_history
from slo.selectors import probes as selectors
from slo.services import probes
from slo.views import probe_charts

PAGE_SIZE = 50
RECENT = timedelta(hours=24)
LISTED = 12
FAILURES = 5
FAILED_SINCE = timedelta(days=7)


@login_required
@require_safe
def probe_list(request: HttpRequest) -> HttpResponse:
    """The probes that this person may see, those that are down first, each with its last 30 days."""
    actor, now = actor_of(request), timezone.now()
    form = ProbeFilterForm(request.GET or None, actor=actor)
    page = Paginator(selectors.search(selectors.probes(actor), **form.wanted()), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    days = probe_history.timelines([one.sli.pk for one in page if hasattr(one, "sli")], now=now)
    context = {
        "filter_form": form,
        "page": page,
        "rows": [(one, KINDS.get(one.kind), days.get(one.sli.pk, []) if hasattr(one, "sli") else []) for one in page],
        "may_create": actor.is_administrator or any(role >= Role.MANAGER for role in actor.roles.values()),
    }
    return render(request, "slo/probe_list.html", context)


@login_required
@require_safe
def probe_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One probe: its state, days, latency, phases and latest failures, where it runs, and the SLOs that count it."""
    actor, now = actor_of(request), timezone.now()
    probe = selectors.get_probe(actor, public_id)
    end = now + probe.interval
    runs = probe_history.latest_runs(probe, start=now - RECENT, end=end)
    bars = phases.bars_of([run.timings for run in runs])
    failed = selectors.results(probe, start=now - FAILED_SINCE, end=end).filter(ok=False)[:FAILURES]
    context = {
        "probe": probe,
        "kind": KINDS.get(probe.kind),
        "credentials": probes.secret_names(probe),
        "days": probe_history.timeline(probe.sli.pk, now=now),
        "uptimes": probe_history.uptimes(probe.sli.pk, now=now),
        "results": list(selectors.results(probe, start=now - RECENT, end=end)[:LISTED]),
        "failures": [(one, phases.bar_of(one.timings)) for one in failed],
        "runs": list(zip(runs, bars, strict=True)),
        "places": locations.places_of(probe, now=now),
        "legend": phases.names_of(bars),
        "chart": probe_charts.percentile_chart(
            probe_history.latencies(probe, start=now - RECENT, end=now), probe.latency_limit
        ),
        "slos": objectives.slos(actor).filter(sli__probe=probe),
        "may_manage": actor.may(Role.MANAGER, probe.service.team_id),
    }
    return render(request, "slo/probe_detail.html", context)


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
