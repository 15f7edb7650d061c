"""The pages of SLOs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
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
from slo.domain import explanations
from slo.domain.budgets import Counts
from slo.domain.burns import detection_time, reset_time
from slo.domain.objectives import PERIOD, allowed_downtime, nines_table, percent_text
from slo.domain.rules import DEFAULT_RULES, Rule, can_fire
from slo.domain.windows import EPOCH
from slo.forms.parts import managed_services
from slo.forms.slos import (
    NEW_SLO,
    CalculatorForm,
    SloEditForm,
    SloFilterForm,
    SloForm,
    slis_of,
    slo_initial,
)
from slo.models import Slo, SloStatus
from slo.selectors import objectives as selectors
from slo.selectors import releases, series
from slo.selectors.panels import budget_rows
from slo.services import objectives
from slo.services import slis as sli_services
from slo.views import charts

PAGE_SIZE = 50
DEFAULT_OBJECTIVE = Decimal("0.999")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with what its windows burn now and how fast it notices and ends a full outage."""

    rule: Rule
    state: str
    long_burn: Decimal | None = None
    short_burn: Decimal | None = None
    held_because: str = ""
    since: datetime | None = None
    detection: timedelta | None = None
    reset: timedelta | None = None


def rule_rows(objective: Decimal, rules: tuple[Rule, ...], status: SloStatus | None) -> list[RuleRow]:
    """The rows of the table of rules."""
    return [_rule_row(rule, objective, status) for rule in rules]


def _rule_row(rule: Rule, objective: Decimal, status: SloStatus | None) -> RuleRow:
    times: dict[str, Any] = {
        "detection": detection_time(rule.long, rule.threshold, objective),
        "reset": reset_time(rule.short, rule.threshold, objective),
    }
    if status is None:
        return RuleRow(rule, "ok" if can_fire(rule, objective) else "never", **times)
    is_firing, held = rule.key in status.firing, status.held.get(rule.key, "")
    since = status.firing_since.get(rule.key)
    return RuleRow(
        rule,
        "firing" if is_firing else "waiting" if held else "ok",
        long_burn=status.burn_of(rule.long),
        short_burn=status.burn_of(rule.short),
        held_because=held,
        since=datetime.fromisoformat(since) if is_firing and since else None,
        **times,
    )


@login_required
@require_safe
def slo_list(request: HttpRequest) -> HttpResponse:
    """The SLOs that this person may see, the worst first."""
    actor = actor_of(request)
    form = SloFilterForm(request.GET or None, actor=actor)
    found = selectors.search(selectors.statuses(actor), **form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter_form": form,
        "page": page,
        "budgets": budget_rows(page.object_list),
        "may_create": actor.is_administrator or any(role >= Role.MANAGER for role in actor.roles.values()),
    }
    return render(request, "slo/slo_list.html", context)


@login_required
@require_safe
def slo_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One SLO: what is left, why, how fast it burns, and what its rules say."""
    actor, now = actor_of(request), timezone.now()
    slo = selectors.get_slo(actor, public_id)
    status = slo.status
    end = status.window_end if status.window_end > EPOCH else now
    start = slo.window.span(end)[0]
    points = series.hours(slo.sli_id, start=max(start, slo.sli.started_at), end=end)
    released = list(releases.recent_releases(service_ids=[slo.service_id], start=start, end=now))
    context = {
        "slo": slo,
        "status": status,
        "budget": budget_rows([status])[0],
        "explanation": explanations.explain_budget(Counts(status.good, status.total), slo.objective),
        "downtime": allowed_downtime(slo.objective),
        "rules": rule_rows(slo.objective, slo.definition.rules, status),
        "charts": [
            charts.budget_chart(slo, points, released),
            charts.burn_chart(slo, points, released),
            charts.bad_chart(points),
            charts.event_chart(points),
        ],
        "releases": released[:10],
        "revisions": selectors.revisions(slo)[:10],
        "may_manage": slo.archived_at is None and actor.may(Role.MANAGER, slo.service.team_id),
    }
    return render(request, "slo/slo_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_create(request: HttpRequest) -> HttpResponse:
    """Adds an SLO: first the service is chosen, then what counts and how good it must be."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/slo_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    initial = NEW_SLO | {"sli": request.GET.get("sli", "")}
    form = SloForm(request.POST or None, service=service, slis=slis_of(service, actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            slo = _create(request, form, service)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{slo.name} is watched. Its first numbers are there within two minutes.")
            return redirect("slo_detail", slo.public_id)
    context = {"form": form, "service": service, **_calculated(_objective_of(request) or DEFAULT_OBJECTIVE)}
    return render(request, "slo/slo_create.html", context)


def _create(request: HttpRequest, form: SloForm, service: Service) -> Slo:
    actor, now, chosen = actor_of(request), timezone.now(), form.cleaned_data["sli"]
    sli = form.slis.get(chosen) or sli_services.ensure_source_sli(
        actor=actor, service=service, source=chosen.partition(":")[2], now=now
    )
    return objectives.create_slo(actor=actor, service=service, sli=sli, facts=form.facts(), now=now)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes an SLO; a changed promise becomes a new revision."""
    actor = actor_of(request)
    slo = selectors.get_slo(actor, public_id)
    actor.require(Role.MANAGER, slo.service.team_id)
    slis = slis_of(slo.service, actor)
    form = SloEditForm(request.POST or None, service=slo.service, slis=slis, initial=slo_initial(slo))
    if request.method == "POST" and form.is_valid():
        try:
            _update(request, form, slo)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{slo.name} is saved.")
            return redirect("slo_detail", slo.public_id)
    return render(request, "slo/slo_edit.html", {"form": form, "slo": slo, **_calculated(slo.objective)})


def _update(request: HttpRequest, form: SloEditForm, slo: Slo) -> None:
    actor, now, chosen = actor_of(request), timezone.now(), form.cleaned_data["sli"]
    sli = form.slis.get(chosen) or sli_services.ensure_source_sli(
        actor=actor, service=slo.service, source=chosen.partition(":")[2], now=now
    )
    objectives.update_slo(
        actor=actor, slo=slo, facts={**form.facts(), "sli": sli}, reason=form.cleaned_data["reason"], now=now
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_archive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then ends an SLO; its history stays readable."""
    actor = actor_of(request)
    slo = selectors.get_slo(actor, public_id)
    actor.require(Role.MANAGER, slo.service.team_id)
    if request.method == "POST":
        objectives.archive_slo(actor=actor, slo=slo, now=timezone.now())
        messages.success(request, f"{slo.name} is archived.")
        return redirect("slo_list")
    return render(request, "slo/slo_archive.html", {"slo": slo})


@login_required
@require_safe
def slo_calculator(request: HttpRequest) -> HttpResponse:
    """What an objective allows and how its rules behave; a part of it answers the forms as somebody types."""
    form = CalculatorForm(request.GET if "objective" in request.GET else None)
    objective = form.cleaned_data["objective"] if form.is_valid() else None
    context = {"form": form, **_calculated(objective or DEFAULT_OBJECTIVE)}
    if request.headers.get("HX-Request"):
        return render(request, "slo/_calculation.html", context if objective else {"form": form})
    return render(request, "slo/slo_calculator.html", context)


def _objective_of(request: HttpRequest) -> Decimal | None:
    form = CalculatorForm(request.POST)
    return form.cleaned_data["objective"] if form.is_valid() else None


def _calculated(objective: Decimal) -> dict[str, Any]:
    spans = [timedelta(days=1), timedelta(days=7), PERIOD, timedelta(days=90)]
    return {
        "objective": objective,
        "objective_text": percent_text(objective),
        "sentence": explanations.explain_downtime(objective),
        "allowances": [(span, allowed_downtime(objective, span)) for span in spans],
        "rules": rule_rows(objective, DEFAULT_RULES, None),
        "nines": nines_table(),
    }
