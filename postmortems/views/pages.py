"""What the pages share: a form that is shown, sent and answered."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import Conflict, Invalid, PreconditionFailed
from portal.lib.forms import add_errors
from postmortems import selectors
from postmortems.models import Postmortem

REFUSED = 422
Refusal = (Invalid, Conflict, PreconditionFailed)


def writable(request: HttpRequest, postmortem_id: str) -> Postmortem:
    """The postmortem, for a responder of its team: else NotFound or PermissionDenied."""
    actor = actor_of(request)
    postmortem = selectors.get_postmortem(actor, postmortem_id)
    actor.require(Role.RESPONDER, postmortem.team_id)
    return postmortem


def run_form(
    request: HttpRequest,
    *,
    form: forms.BaseForm,
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
        except Refusal as error:
            add_errors(form, error)
        else:
            messages.success(request, message)
            return redirect(done)
    return render(request, template, {**context, "form": form}, status=REFUSED if form.is_bound else 200)


def run_step(request: HttpRequest, *, step: Callable[[], object], done: str, message: str) -> HttpResponse:
    """Runs a step of a button and says how it went."""
    try:
        step()
    except Refusal as error:
        texts = [text for problems in error.fields.values() for text in problems] or [error.detail]
        messages.error(request, " ".join(texts))
    else:
        messages.success(request, message)
    return redirect(done)
