"""Swaps: offered to anyone or one colleague, taken by the first who wants them, withdrawn."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from oncall.forms.duties import SwapForm, asked
from oncall.models import Schedule, Swap
from oncall.selectors import duties
from oncall.selectors import schedules as found_schedules
from oncall.services import swaps
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from portal.lib.times import floor_minute


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def swap_create(request: HttpRequest, id: str) -> HttpResponse:
    """Offers one's own shifts; a manager may offer anybody's."""
    actor = actor_of(request)
    now = timezone.now()
    schedule = found_schedules.get_schedule(actor, id)
    actor.require(Role.RESPONDER, schedule.team_id)
    start = timezone.localtime(floor_minute(now))
    initial = {"person": actor.user_id, "starts_at": start, "ends_at": start + timedelta(days=7)}
    members = people.team_members(schedule.team_id)
    persons = members if actor.may(Role.MANAGER, schedule.team_id) else members.filter(pk=actor.user_id or 0)
    proposed = initial | asked(request.GET, SwapForm.ASKED)
    proposed["starts_at"] = max(proposed["starts_at"], start)
    form = SwapForm(request.POST or None, schedule=schedule, persons=persons, initial=proposed)
    if request.method == "POST" and form.is_valid() and _offer(actor, schedule, form):
        messages.success(request, "Offered. You stay on call until somebody takes it.")
        return redirect("schedule_detail", schedule.public_id)
    return render(request, "oncall/swap_create.html", {"form": form, "schedule": schedule, "section": "schedules"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def swap_take(request: HttpRequest, id: str) -> HttpResponse:
    """Shows what would be taken, then takes it; only the first who does so wins."""
    actor = actor_of(request)
    swap = duties.get_swap(actor, id)
    actor.require(Role.RESPONDER, swap.schedule.team_id)
    if request.method == "POST":
        try:
            swaps.take(actor=actor, swap=swap, taker_id=actor.user_id or 0, now=timezone.now())
        except DomainError as error:
            messages.error(request, _words(error))
        else:
            messages.success(request, f"Yours. {swap.person} hears of it.")
        return redirect("schedule_detail", swap.schedule.public_id)
    shifts = duties.held(swap.schedule, swap.person_id, swap.starts_at, swap.ends_at, role=swap.role)
    return render(request, "oncall/swap_take.html", {"swap": swap, "shifts": shifts, "section": "schedules"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def swap_withdraw(request: HttpRequest, id: str) -> HttpResponse:
    """Takes an offer back: one's own, or as a manager."""
    actor = actor_of(request)
    swap = duties.get_swap(actor, id)
    actor.require(Role.RESPONDER if _is_of(actor, swap) else Role.MANAGER, swap.schedule.team_id)
    if request.method == "POST":
        try:
            swaps.withdraw(actor=actor, swap=swap, now=timezone.now())
        except DomainError as error:
            messages.error(request, _words(error))
        else:
            messages.success(request, "Withdrawn.")
        return redirect("schedule_detail", swap.schedule.public_id)
    return render(request, "oncall/swap_withdraw.html", {"swap": swap, "section": "schedules"})


def _offer(actor: Actor, schedule: Schedule, form: SwapForm) -> bool:
    """Whether the offer was made; where it was refused, the reasons stand on the form."""
    told = form.cleaned_data
    fields = swaps.SwapFields(
        person_id=told["person"].pk,
        starts_at=told["starts_at"],
        ends_at=told["ends_at"],
        role=told["role"],
        offered_to_id=told["offered_to"].pk if told["offered_to"] else None,
        note=told["note"],
    )
    try:
        swaps.offer(actor=actor, schedule=schedule, fields=fields, now=timezone.now())
    except DomainError as error:
        add_errors(form, error)
        return False
    return True


def _is_of(actor: Actor, swap: Swap) -> bool:
    return actor.user_id is not None and actor.user_id in (swap.person_id, swap.taker_id)


def _words(error: DomainError) -> str:
    return " ".join(text for texts in error.fields.values() for text in texts) or error.detail
