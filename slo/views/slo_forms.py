"""Adding, changing and archiving SLOs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.catalog.models import Service
from portal.lib import times
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain.kinds import KINDS, kind_of
from slo.domain.rules import DEFAULT_KEYS
from slo.forms.calculators import DEFAULT_OBJECTIVE, CalculatorForm
from slo.forms.parts import managed_services
from slo.forms.rule_rows import rule_rows
from slo.forms.schedule_rows import schedule_rows
from slo.forms.slos import NEW_SLO, SloEditForm, SloForm, fact_initial, slis_of, slo_initial
from slo.models import Sli, Slo
from slo.selectors import objectives as selectors
from slo.services import objectives
from slo.services import slis as sli_services
from slo.services.promises import usual_keys
from slo.views.calculators import calculated

LOOK = "look"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_create(request: HttpRequest) -> HttpResponse:
    """Adds an SLO: first the service is chosen, then what counts and how good it must be."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/slo_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    primary = selectors.get_slo(actor, request.GET["primary"]) if request.GET.get("primary") else None
    initial = _initial(request, service, primary)
    form = SloForm(request.POST or None, service=service, slis=slis_of(service, actor), initial=initial)
    rows = _rows(request, initial["own_rules"], primary.schedule if primary else [])
    if _is_complete(request, form, rows):
        try:
            slo = _create(request, form, rows, primary)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{slo.name} is watched. Its first numbers are there within two minutes.")
            return redirect("slo_detail", slo.public_id)
    context = {"service": service, "primary": primary, "kinds": KINDS, "kind": kind_of(request.GET.get("kind", ""))}
    return render(request, "slo/slo_create.html", context | _context(request, form, rows))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes an SLO; a changed promise becomes a new revision."""
    actor = actor_of(request)
    slo = selectors.get_slo(actor, public_id)
    actor.require(Role.MANAGER, slo.service.team_id)
    slis = _with(slis_of(slo.service, actor), slo.sli)
    form = SloEditForm(request.POST or None, service=slo.service, slis=slis, initial=slo_initial(slo))
    rows = _rows(request, slo.rules, slo.schedule)
    if _is_complete(request, form, rows):
        try:
            _update(request, form, rows, slo)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{slo.name} is saved.")
            return redirect("slo_detail", slo.public_id)
    return render(request, "slo/slo_edit.html", {"slo": slo} | _context(request, form, rows))


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


def _initial(request: HttpRequest, service: Service, primary: Slo | None) -> dict[str, Any]:
    """What a new SLO begins with: the usual, then the first objective's, then the template's."""
    kind = kind_of(request.GET.get("kind", ""))
    initial: dict[str, Any] = NEW_SLO | {"rules": usual_keys(service)}
    if primary is not None:
        initial |= slo_initial(primary) | {"name": "", "rules": primary.rules}
    if kind is not None:
        initial |= fact_initial({"name": kind.name, "objective": kind.objective, **kind.facts})
    initial["own_rules"] = [key for key in initial["rules"] if key not in DEFAULT_KEYS]
    return initial | {"sli": request.GET.get("sli") or initial.get("sli", "")}


def _rows(request: HttpRequest, rules: list[str], schedule: list[Any]) -> dict[str, Any]:
    data = request.POST if "own-TOTAL_FORMS" in request.POST else None
    hours = request.POST if "hours-TOTAL_FORMS" in request.POST else None
    return {"rule_rows": rule_rows(data, rules), "schedule_rows": schedule_rows(hours, schedule)}


def _is_complete(request: HttpRequest, form: SloForm, rows: dict[str, Any]) -> bool:
    """Whether it is to be saved and can be; all of the forms are asked, so that all errors show at once."""
    if request.method != "POST":
        return False
    valid = [one.is_valid() for one in (form, *(found for found in rows.values() if found.is_bound))]
    return all(valid) and LOOK not in request.POST


def _facts(form: SloForm, rows: dict[str, Any]) -> dict[str, Any]:
    facts = form.facts()
    if rows["rule_rows"].is_bound:
        facts["rules"] = [*facts["rules"], *rows["rule_rows"].keys()]
    if rows["schedule_rows"].is_bound:
        facts["schedule"] = rows["schedule_rows"].entries()
    return facts


def _create(request: HttpRequest, form: SloForm, rows: dict[str, Any], primary: Slo | None) -> Slo:
    actor, now, service = actor_of(request), timezone.now(), form.service
    sli = _sli(request, form)
    return objectives.create_slo(
        actor=actor, service=service, sli=sli, facts=_facts(form, rows), now=now, primary=primary
    )


def _update(request: HttpRequest, form: SloForm, rows: dict[str, Any], slo: Slo) -> None:
    facts = _facts(form, rows) | {"sli": _sli(request, form)}
    reason = form.cleaned_data["reason"]
    objectives.update_slo(actor=actor_of(request), slo=slo, facts=facts, reason=reason, now=timezone.now())


def _sli(request: HttpRequest, form: SloForm) -> Sli:
    chosen = form.cleaned_data["sli"]
    return form.slis.get(chosen) or sli_services.ensure_source_sli(
        actor=actor_of(request), service=form.service, source=chosen.partition(":")[2], now=timezone.now()
    )


def _with(slis: list[Sli], own: Sli) -> list[Sli]:
    return slis if own in slis else [*slis, own]


def _context(request: HttpRequest, form: SloForm, rows: dict[str, Any]) -> dict[str, Any]:
    """The form, and beside it what its objective means."""
    asked = CalculatorForm(request.POST) if request.method == "POST" else CalculatorForm(_shown(form, rows))
    objective = asked.picked("objective", DEFAULT_OBJECTIVE)
    return calculated(asked, objective) | {"form": form, "zones": times.zone_names(), **rows}


def _shown(form: SloForm, rows: dict[str, Any]) -> Any:
    """What the unsent form says, as if it were sent."""
    data = QueryDict(mutable=True)
    for name in ("objective", "window", "window_days"):
        data[name] = str(form[name].value() or "")
    data.setlist("rules", list(form["rules"].value() or []))
    own = rows["rule_rows"]
    data["own-TOTAL_FORMS"], data["own-INITIAL_FORMS"] = str(len(own.forms)), "0"
    for number, row in enumerate(own.forms):
        for name, value in (row.initial or {}).items():
            data[f"own-{number}-{name}"] = str(value)
    return data
