"""One's own shifts, and whom to page for a service or a team without knowing a name."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from oncall.domain import restrictions
from oncall.domain.resolver import SHADOW
from oncall.selectors import duties, rosters
from oncall.services import alerts
from portal.accounts.selectors.requests import actor_of

AHEAD = timedelta(days=91)
SHOWN = 30


@login_required
@require_safe
def my_shifts(request: HttpRequest) -> HttpResponse:
    """The reader's next shifts over all schedules, swaps that wait for somebody, and their time off."""
    actor = actor_of(request)
    now = timezone.now()
    user_id = actor.user_id or 0
    mine = rosters.shifts_of_person(user_id, now, now + AHEAD)
    held = [(one.shift.start, one.shift.end) for one in mine if one.shift.role != SHADOW]
    context = {
        "mine": mine[:SHOWN],
        "on_now": [one for one in mine if one.shift.start <= now],
        "hours": sum((end - start for start, end in restrictions.union(held)), timedelta()),
        "swaps": rosters.swaps_for(actor, now),
        "times_off": duties.times_off(user_id, now),
        "now": now,
        "section": "mine",
    }
    return render(request, "oncall/my_shifts.html", context)


@login_required
@require_safe
def duty_who(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in types a service or a team and sees who answers for it now, and pages them."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()[:100]
    context: dict[str, Any] = {
        "q": text,
        "answers": rosters.answers(actor, text, now=timezone.now()) if text else [],
        "may_raise": alerts.may_raise(actor),
        "section": "who",
    }
    return render(request, "oncall/duty_who.html", context)
