"""The pages of releases and of the gate."""

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
from slo.forms.parts import FilterForm, managed_services
from slo.forms.releases import ReleaseForm
from slo.selectors import gates
from slo.selectors import releases as selectors
from slo.services import releases

PAGE_SIZE = 50


@login_required
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """The releases that this person may see, the latest first; of one service with its gate."""
    actor, now = actor_of(request), timezone.now()
    form = FilterForm(request.GET or None, actor=actor)
    wanted = form.wanted()
    service = catalog.get_service(actor, wanted["service"]) if "service" in wanted else None
    context = {
        "filter_form": form,
        "page": Paginator(selectors.search(selectors.releases(actor), **wanted), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "service": service,
        "gate": gates.gate(service_id=service.pk, now=now) if service else None,
        "may_create": actor.is_administrator or any(role >= Role.RESPONDER for role in actor.roles.values()),
    }
    return render(request, "slo/release_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_create(request: HttpRequest) -> HttpResponse:
    """Records a release by hand."""
    actor, now = actor_of(request), timezone.now()
    services = managed_services(actor, Role.RESPONDER)
    initial = {"service": request.GET.get("service", ""), "percentage": 100}
    form = ReleaseForm(request.POST or None, services=services, initial=initial)
    if request.method == "POST" and form.is_valid():
        service = catalog.get_service(actor, form.cleaned_data["service"])
        try:
            release = releases.record_release(actor=actor, service=service, now=now, **form.facts())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{service.name} {release.version} is recorded.")
            return redirect("release_list")
    return render(request, "slo/release_create.html", {"form": form, "services": services})


@login_required
@require_safe
def gate_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """May this service release now, and why (not)?"""
    actor, now = actor_of(request), timezone.now()
    service = catalog.get_service(actor, slug)
    context = {
        "service": service,
        "gate": gates.gate(service_id=service.pk, now=now),
        "releases": selectors.releases(actor).filter(service=service)[:10],
        "may_record": actor.may(Role.RESPONDER, service.team_id),
        "now": now,
    }
    return render(request, "slo/gate_detail.html", context)
