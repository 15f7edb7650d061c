"""The pages where an SLI of a Prometheus is made and changed, with a look at what its query counts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain.prometheus_settings import Mode
from slo.domain.windows import HOUR, watermark
from slo.forms.sources import MODES, PrometheusSliForm, sli_initial
from slo.selectors import sources as selectors
from slo.services import query_trials, source_slis
from slo.views import source_charts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sli_query(request: HttpRequest) -> HttpResponse:
    """Adds an SLI that is read from a Prometheus; `Try it` shows the last hour before anything is saved."""
    actor, now = actor_of(request), timezone.now()
    if "service" not in request.GET:
        return redirect("sli_create")
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    mode = _mode(request, Mode.RATIO)
    form = PrometheusSliForm(request.POST or None, mode=mode, servers=selectors.servers_of(service.team_id))
    context: dict[str, Any] = {"form": form, "service": service, "mode": mode, "modes": MODES}
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            return render(request, "slo/sli_query.html", context | _tried(form, now))
        try:
            sli = source_slis.create_prometheus_sli(actor=actor, service=service, now=now, **form.facts())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{sli.name} is read within seconds.")
            return redirect("sli_detail", sli.public_id)
    return render(request, "slo/sli_query.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sli_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lets an SLI of a Prometheus ask otherwise from now on; what was counted stays."""
    actor, now = actor_of(request), timezone.now()
    sli = selectors.get_sli(actor, public_id)
    actor.require(Role.MANAGER, sli.service.team_id)
    feed = selectors.feed_of(sli)
    if feed is None:
        return redirect("sli_detail", sli.public_id)
    mode = _mode(request, Mode(sli.settings["mode"]))
    servers = selectors.servers_of(sli.service.team_id)
    form = PrometheusSliForm(request.POST or None, mode=mode, servers=servers, initial=sli_initial(sli, feed.server))
    del form.fields["backfill_days"]
    context: dict[str, Any] = {"form": form, "sli": sli, "mode": mode, "modes": MODES}
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            return render(request, "slo/sli_edit.html", context | _tried(form, now))
        try:
            source_slis.update_sli(actor=actor, sli=sli, facts=form.facts(), now=now)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['name']} asks the new way from now on.")
            return redirect("sli_detail", sli.public_id)
    return render(request, "slo/sli_edit.html", context)


def _mode(request: HttpRequest, usual: Mode) -> Mode:
    asked = request.GET.get("mode", "")
    return Mode(asked) if asked in list(Mode) else usual


def _tried(form: PrometheusSliForm, now: datetime) -> dict[str, Any]:
    """What the query counts in the last hour, for the page; its faults stand at the form."""
    end = watermark(now)
    start = end - HOUR
    try:
        pairs = query_trials.try_query(server=form.chosen_server(), settings=form.settings(), start=start, end=end)
    except DomainError as error:
        add_errors(form, error)
        return {}
    good, total = (sum(pair[number] for pair in pairs.values()) for number in (0, 1))
    found = {"good": good, "total": total, "minutes": len(pairs), "ratio": good / total if total else None}
    return {"trial": found, "trial_chart": source_charts.preview_chart(pairs, start, end)}
