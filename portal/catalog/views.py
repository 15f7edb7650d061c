"""The catalog: services and the one page on which all apps show what they know of a service."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors
from portal.catalog.domain import labels
from portal.catalog.forms import ServiceFilterForm, ServiceForm
from portal.catalog.models import Service
from portal.catalog.services import panels, services
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors

PAGE_SIZE = 50


@login_required
@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """The services that this person may see, the most important first."""
    actor = actor_of(request)
    form = ServiceFilterForm(request.GET or None, actor=actor)
    found = selectors.search(selectors.services(actor), **form.wanted())
    context = {
        "filter_form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_create": people.teams_where(actor, Role.MANAGER).exists(),
    }
    return render(request, "catalog/service_list.html", context)


@login_required
@require_safe
def service_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One service: what it is, what it leans on, and the panels of all apps."""
    actor, now = actor_of(request), timezone.now()
    service = selectors.get_service(actor, slug)
    filled = panels.filled(service, actor=actor, now=now)
    context = {
        "service": service,
        "needs": selectors.needs_of(service, actor),
        "needed_by": selectors.needed_by(service, actor),
        "panels": [_rendered(panel, service, request) for panel in filled],
        "may_manage": actor.may(Role.MANAGER, service.team_id),
    }
    return render(request, "catalog/service_detail.html", context)


def _rendered(panel: panels.FilledPanel, service: Service, request: HttpRequest) -> dict[str, str]:
    html = render_to_string(panel.template, {**panel.context, "service": service}, request)
    return {"key": panel.key, "title": panel.title, "html": html}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def service_create(request: HttpRequest) -> HttpResponse:
    """Adds a service of a team that this person manages."""
    actor = actor_of(request)
    form = ServiceForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            service = services.create_service(
                actor=actor,
                team=form.cleaned_data["team"],
                facts=form.facts(),
                needs=form.cleaned_data["needs"],
                now=now,
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{service.name} is in the catalog. Give it an SLO next.")
            return redirect("service_detail", service.slug)
    return render(request, "catalog/service_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def service_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes a service, its owner and what it leans on."""
    actor = actor_of(request)
    service = selectors.get_service(actor, slug)
    actor.require(Role.MANAGER, service.team_id)
    form = ServiceForm(request.POST or None, actor=actor, service=service, initial=_initial(service))
    if request.method == "POST" and form.is_valid():
        try:
            service = services.update_service(
                actor=actor,
                service=service,
                team=form.cleaned_data["team"],
                facts=form.facts(),
                needs=form.cleaned_data["needs"],
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{service.name} is saved.")
            return redirect("service_detail", service.slug)
    return render(request, "catalog/service_edit.html", {"form": form, "service": service})


def _initial(service: Service) -> dict[str, Any]:
    needs = service.dependencies.values_list("needs__slug", flat=True)
    return {**services.shown(service), "labels": labels.written(service.labels), "needs": list(needs)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def service_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks, then archives a service; its history stays readable."""
    actor = actor_of(request)
    service = selectors.get_service(actor, slug)
    actor.require(Role.MANAGER, service.team_id)
    if request.method == "POST":
        services.archive_service(actor=actor, service=service, now=timezone.now())
        messages.success(request, f"{service.name} is archived.")
        return redirect("service_detail", service.slug)
    context = {"service": service, "needed_by": selectors.needed_by(service, actor)}
    return render(request, "catalog/service_delete.html", context)


@login_required
@require_POST
def service_restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Brings an archived service back."""
    actor = actor_of(request)
    service = services.restore_service(actor=actor, service=selectors.get_service(actor, slug), now=timezone.now())
    messages.success(request, f"{service.name} is back.")
    return redirect("service_detail", service.slug)
