"""The pages of silences and maintenance windows."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.domain import matchers
from oncall.forms.silences import MatchForm, SilenceForm
from oncall.models import Alert
from oncall.selectors import alerts as found_alerts
from oncall.selectors import catches
from oncall.services import silences
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors

MOST = 20
HOURS = 2


@login_required
@require_safe
def silence_list(request: HttpRequest) -> HttpResponse:
    """What is silenced now, what is coming, and the latest that are past."""
    actor, now = actor_of(request), timezone.now()
    found = catches.silences(actor, team=request.GET.get("team", ""), service=request.GET.get("service", ""))
    rows = [catches.listed(one, now) for one in found]
    groups = [
        (title, [one for one in rows if one.state == state][:limit])
        for state, title, limit in [("active", "Now", 200), ("coming", "Coming", 200), ("past", "Past", 50)]
    ]
    mine = [team for team in people.teams(actor) if actor.may(Role.RESPONDER, team.pk)]
    return render(request, "oncall/silence_list.html", {"groups": groups, "has_any": bool(rows), "teams": mine})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def silence_create(request: HttpRequest) -> HttpResponse:
    """Silences what matches, with a preview of what that is; from an alert its labels are filled in."""
    actor, now = actor_of(request), timezone.now()
    mine = [team for team in people.teams(actor) if actor.may(Role.RESPONDER, team.pk)]
    if "team" not in request.GET:
        return render(request, "oncall/silence_create.html", {"teams": mine})
    team = people.get_team(actor, request.GET["team"])
    actor.require(Role.RESPONDER, team.pk)
    about = [found_alerts.get_alert(actor, one) for one in request.GET.getlist("alert")[:MOST]]
    initial = {"starts_at": now, "ends_at": now + timedelta(hours=HOURS), "matchers": _prefilled(about)}
    form = SilenceForm(request.POST or None, team=team, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = silences.create_silence(actor=actor, team_id=team.pk, fields=form.given(), now=now)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Silenced. What it held pages when it ends, if it still fires.")
            return redirect("silence_detail", made.public_id)
    preview = _preview(team.pk, form.data.get("matchers") if form.is_bound else initial["matchers"], None)
    return render(request, "oncall/silence_create.html", {"form": form, "team": team, "preview": preview})


@login_required
@require_safe
def silence_preview(request: HttpRequest) -> HttpResponse:
    """What the matchers of a form catch; asked while somebody types."""
    actor = actor_of(request)
    slug = request.GET.get("team", "")
    if not slug:
        return render(request, "oncall/silence_preview.html", {"preview": None, "problems": ["Choose a team."]})
    team = people.get_team(actor, slug)
    form = MatchForm(request.GET, team=team)
    context: dict[str, Any] = {"preview": None, "problems": []}
    if form.is_valid():
        data = form.cleaned_data
        service_id = data["service"].pk if data["service"] else None
        context["preview"] = catches.preview(team.pk, data["matchers"], service_id, timezone.now())
    else:
        context["problems"] = [str(text) for errors in form.errors.values() for text in errors]
    return render(request, "oncall/silence_preview.html", context)


@login_required
@require_safe
def silence_detail(request: HttpRequest, id: str) -> HttpResponse:
    """One silence: what it holds, and the way to end it."""
    actor, now = actor_of(request), timezone.now()
    silence = catches.get_silence(actor, id)
    held = found_alerts.alerts(actor).filter(silence=silence, status__in=["firing", "acknowledged"])
    context = {
        "one": catches.listed(silence, now),
        "silence": silence,
        "text": matchers.text_of(matchers.stored(silence.matchers)),
        "held": held[:100],
        "may_act": actor.may(Role.RESPONDER, silence.team_id),
    }
    return render(request, "oncall/silence_detail.html", context)


@login_required
@require_POST
def silence_end(request: HttpRequest, id: str) -> HttpResponse:
    """Ends it now."""
    actor = actor_of(request)
    silence = catches.get_silence(actor, id)
    actor.require(Role.RESPONDER, silence.team_id)
    try:
        silences.end_silence(actor=actor, silence=silence, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, "Ended. What still fires pages now.")
    return redirect("silence_detail", silence.public_id)


def _prefilled(about: Sequence[Alert]) -> str:
    """The matchers that all of these alerts have in common."""
    sets = [set(catches.prefilled(one)) for one in about]
    common = set.intersection(*sets) if sets else set()
    return matchers.text_of(sorted(common, key=lambda one: one.name))


def _preview(team_id: int, text: Any, service_id: int | None) -> catches.Caught | None:
    try:
        wanted = matchers.parse(str(text or ""))
    except matchers.BadMatchers:
        return None
    return catches.preview(team_id, wanted, service_id, timezone.now()) if wanted else None
