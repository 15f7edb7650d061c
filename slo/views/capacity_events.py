"""Known events and load tests of a resource."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.forms.capacity import KnownEventForm, LoadTestForm
from slo.selectors import capacity as selectors
from slo.services import known_events, load_tests


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def known_event_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Adds a launch or a season to a resource, or to its whole service."""
    actor = actor_of(request)
    resource = selectors.get_resource(actor, public_id)
    actor.require(Role.MANAGER, resource.service.team_id)
    form = KnownEventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        only = None if form.cleaned_data["whole_service"] else resource
        try:
            event = known_events.add_event(
                actor=actor, service=resource.service, resource=only, now=timezone.now(), **form.facts()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The forecast counts {event.name}.")
            return redirect("resource_detail", resource.public_id)
    return render(request, "slo/known_event_create.html", {"form": form, "resource": resource})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def known_event_remove(request: HttpRequest, public_id: str, event_id: str) -> HttpResponse:
    """Asks, then takes an event away from the forecast."""
    actor = actor_of(request)
    resource, event = selectors.get_resource(actor, public_id), selectors.get_event(actor, event_id)
    actor.require(Role.MANAGER, event.service.team_id)
    if request.method == "POST":
        known_events.remove_event(actor=actor, event=event, now=timezone.now())
        messages.success(request, f"The forecast does not count {event.name} any more.")
        return redirect("resource_detail", resource.public_id)
    return render(request, "slo/known_event_remove.html", {"event": event, "resource": resource})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def load_test_create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Records what one instance bore."""
    actor, now = actor_of(request), timezone.now()
    resource = selectors.get_resource(actor, public_id)
    actor.require(Role.RESPONDER, resource.service.team_id)
    form = LoadTestForm(request.POST or None, initial={"tested_on": now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            load_tests.record_load_test(actor=actor, resource=resource, now=now, **form.cleaned_data)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "The load test is recorded.")
            return redirect("resource_detail", resource.public_id)
    return render(request, "slo/load_test_create.html", {"form": form, "resource": resource})
