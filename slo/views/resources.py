"""The pages of resources."""

from datetime import UTC, date, datetime

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
from slo.domain.capacity.reasons import why
from slo.forms.parts import managed_services
from slo.forms.resources import NEW_RESOURCE, ResourceFilterForm, ResourceForm, resource_initial
from slo.selectors import capacity as selectors
from slo.selectors import capacity_plans, fleets
from slo.services import resources, shortages
from slo.views import capacity_charts

PAGE_SIZE = 50


def today_of(now: datetime) -> date:
    """The UTC day: the grid that resources are counted on."""
    return now.astimezone(UTC).date()


@login_required
@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    """The resources that this person may see: what runs out first stands first."""
    actor, now = actor_of(request), timezone.now()
    form = ResourceFilterForm(request.GET or None, actor=actor)
    found = selectors.search(selectors.resources(actor), **form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "filter_form": form,
        "page": page,
        "rows": capacity_charts.trends(shown, selectors.recent_days(shown, today=today_of(now))),
        "may_create": actor.is_administrator or any(role >= Role.MANAGER for role in actor.roles.values()),
    }
    return render(request, "slo/resource_list.html", context)


@login_required
@require_safe
def resource_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One resource: its graph, when it runs out, why that is said, and what is done about it."""
    actor, today = actor_of(request), today_of(timezone.now())
    resource = selectors.get_resource(actor, public_id)
    found = selectors.outlook(resource, today=today)
    context = {
        "resource": resource,
        "outlook": found,
        "forecast": found.forecast,
        "why": why(found.forecast, found.limit_ahead),
        "is_short": shortages.is_short(found),
        "arrives_on": today + resource.lead_time,
        "chart": capacity_charts.resource_chart(found, selectors.history(resource, today=today)),
        "events": [(row, selectors.event_of(row).next_span(today)) for row in selectors.events_of(resource)],
        "tests": resource.load_tests.all()[:5],
        "fleet": fleets.fleet(found),
        "plans": capacity_plans.plans(actor).filter(resource=resource),
        "may_push": actor.may(Role.RESPONDER, resource.service.team_id) and resource.archived_at is None,
        "may_manage": actor.may(Role.MANAGER, resource.service.team_id) and resource.archived_at is None,
    }
    return render(request, "slo/resource_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_create(request: HttpRequest) -> HttpResponse:
    """Adds a resource: first the service is chosen, then what can run out."""
    actor = actor_of(request)
    if "service" not in request.GET:
        return render(request, "slo/resource_create.html", {"services": managed_services(actor)})
    service = catalog.get_service(actor, request.GET["service"])
    actor.require(Role.MANAGER, service.team_id)
    form = ResourceForm(request.POST or None, service=service, initial=NEW_RESOURCE)
    if request.method == "POST" and form.is_valid():
        try:
            made = resources.create_resource(actor=actor, service=service, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{made.name} is kept. A forecast needs 14 days with a value.")
            return redirect("resource_detail", made.public_id)
    return render(request, "slo/resource_create.html", {"form": form, "service": service})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes a resource."""
    actor = actor_of(request)
    resource = selectors.get_resource(actor, public_id)
    actor.require(Role.MANAGER, resource.service.team_id)
    form = ResourceForm(request.POST or None, service=resource.service, initial=resource_initial(resource))
    if request.method == "POST" and form.is_valid():
        try:
            resources.update_resource(actor=actor, resource=resource, facts=form.facts(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{resource.name} is saved.")
            return redirect("resource_detail", resource.public_id)
    return render(request, "slo/resource_edit.html", {"form": form, "resource": resource})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_archive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks, then archives a resource."""
    actor = actor_of(request)
    resource = selectors.get_resource(actor, public_id)
    actor.require(Role.MANAGER, resource.service.team_id)
    if request.method == "POST":
        resources.archive_resource(actor=actor, resource=resource, now=timezone.now())
        messages.success(request, f"{resource.name} is archived. Its days stay.")
        return redirect("resource_list")
    return render(request, "slo/resource_archive.html", {"resource": resource})
