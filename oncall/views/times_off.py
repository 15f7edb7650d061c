"""One's own time off: it asks colleagues for cover."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from oncall.forms.duties import TimeOffForm
from oncall.selectors import duties
from oncall.services import time_off
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from portal.lib.times import floor_hour


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def time_off_create(request: HttpRequest) -> HttpResponse:
    """Says when one is away; every shift in that time is offered to the team."""
    actor = actor_of(request)
    now = timezone.now()
    start = timezone.localtime(floor_hour(now)) + timedelta(days=1)
    initial = {"starts_at": start, "ends_at": start + timedelta(days=7)}
    form = TimeOffForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            away = time_off.request_time_off(actor=actor, user_id=actor.user_id or 0, now=now, **form.cleaned_data)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, _asked(away.swaps.count()))
            return redirect("my_shifts")
    return render(request, "oncall/time_off_create.html", {"form": form, "section": "mine"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def time_off_cancel(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then takes it back with the offers that nobody took."""
    actor = actor_of(request)
    away = duties.get_time_off(actor.user_id or 0, id)
    if request.method == "POST":
        try:
            time_off.cancel_time_off(actor=actor, time_off=away, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.detail)
        else:
            messages.success(request, "Cancelled. What colleagues took stays theirs.")
        return redirect("my_shifts")
    return render(request, "oncall/time_off_cancel.html", {"away": away, "section": "mine"})


def _asked(count: int) -> str:
    if count == 0:
        return "Kept. You have no shift in that time."
    return f"Kept. {count} {'shift asks' if count == 1 else 'shifts ask'} for cover; you are on call until it is taken."
