"""The pages of maintenance windows."""

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
from slo.forms.maintenance import MaintenanceForm
from slo.forms.parts import FilterForm, managed_services
from slo.selectors import adjustments
from slo.services import maintenance

PAGE_SIZE = 50


@login_required
@require_safe
def maintenance_list(request: HttpRequest) -> HttpResponse:
    """The maintenance windows that this person may see, the latest first, with when each is next."""
    actor, now = actor_of(request), timezone.now()
    form = FilterForm(request.GET or None, actor=actor)
    found = adjustments.search_windows(adjustments.windows(actor), **form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    managed = {service.pk for service in managed_services(actor)}
    rows = [(window, adjustments.next_span(window, now)) for window in page]
    context = {"filter_form": form, "page": page, "rows": rows, "managed": managed, "now": now}
    return render(request, "slo/maintenance_list.html", context | {"may_create": bool(managed)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def maintenance_create(request: HttpRequest) -> HttpResponse:
    """Announces planned work on a service."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/maintenance_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    form = MaintenanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            window = maintenance.create_window(actor=actor, service=service, now=timezone.now(), **form.facts())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{window.name} is announced.")
            return redirect("maintenance_list")
    return render(request, "slo/maintenance_create.html", {"form": form, "service": service})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def maintenance_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then ends a window now."""
    actor = actor_of(request)
    window = adjustments.get_window(actor, public_id)
    actor.require(Role.MANAGER, window.service.team_id)
    if request.method == "POST":
        maintenance.cancel_window(actor=actor, window=window, now=timezone.now())
        messages.success(request, f"{window.name} is cancelled.")
        return redirect("maintenance_list")
    return render(request, "slo/maintenance_cancel.html", {"window": window})
