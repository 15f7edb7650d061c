"""What the pages share: a form that is shown, sent and answered."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from incidents import selectors
from incidents.models import Incident
from incidents.services import access
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import Conflict, Invalid, PreconditionFailed
from portal.lib.forms import add_errors

REFUSED = 422


def writable(request: HttpRequest, incident_id: str) -> Incident:
    """The incident, for somebody who may run it: NotFound when it is not visible, PermissionDenied without the role."""
    incident = selectors.get_incident(actor_of(request), incident_id)
    access.require(actor_of(request), incident)
    return incident


def run_form(
    request: HttpRequest,
    *,
    form: forms.Form,
    template: str,
    context: Mapping[str, Any],
    submit: Callable[[dict[str, Any]], object],
    done: str,
    message: str,
) -> HttpResponse:
    """Shows `form`, or sends it through `submit` and goes on to `done`; a refusal shows it again and loses nothing."""
    if request.method == "POST" and form.is_valid():
        try:
            submit(form.cleaned_data)
        except (Invalid, Conflict, PreconditionFailed) as error:
            add_errors(form, error)
        else:
            messages.success(request, message)
            return redirect(done)
    return render(request, template, {**context, "form": form}, status=REFUSED if form.is_bound else 200)
