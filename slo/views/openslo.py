"""SLOs as code: OpenSLO in and out, rules for Prometheus out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from slo.forms.openslo import OpenSloForm
from slo.forms.parts import FilterForm
from slo.selectors.openslo import openslo_file, slos_of
from slo.selectors.rule_files import rule_file
from slo.services import openslo

YAML = "application/yaml; charset=utf-8"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slo_as_code(request: HttpRequest) -> HttpResponse:
    """Downloads, and an import in two steps: first what it would do, then the doing."""
    actor = actor_of(request)
    form = OpenSloForm(request.POST or None, request.FILES or None)
    found, again = None, ""
    if request.method == "POST" and form.is_valid():
        rehearse = "apply" not in request.POST
        found = openslo.import_files(actor=actor, files=form.given(), now=timezone.now(), rehearse=rehearse)
        again = form.text_again()
        if not rehearse and not found.refusals:
            changed = sum(change.verb != "unchanged" for change in found.changes)
            messages.success(request, f"{changed} of {len(found.changes)} objectives were made or changed.")
            return redirect("slo_list")
    filters = FilterForm(request.GET or None, actor=actor)
    context = {
        "form": form,
        "found": found,
        "again": again,
        "filter_form": filters,
        "service": filters.wanted().get("service", ""),
        "may_import": actor.is_administrator or any(role >= Role.MANAGER for role in actor.roles.values()),
    }
    return render(request, "slo/slo_as_code.html", context)


@login_required
@require_safe
def openslo_download(request: HttpRequest) -> HttpResponse:
    """The SLOs that this person may see as OpenSLO documents."""
    actor = actor_of(request)
    return _file(openslo_file(slos_of(actor, request.GET.get("service", ""))), "openslo.yaml")


@login_required
@require_safe
def rule_file_download(request: HttpRequest) -> HttpResponse:
    """Their burn-rate rules for Prometheus."""
    actor = actor_of(request)
    return _file(rule_file(slos_of(actor, request.GET.get("service", ""))), "slo-rules.yaml")


def _file(text: str, name: str) -> HttpResponse:
    return HttpResponse(text, content_type=YAML, headers={"Content-Disposition": f'attachment; filename="{name}"'})
