"""What people do with alerts beside answering them: snooze, hand on, note, put together and apart, many at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from oncall.forms.alerts import NoteForm, ReassignForm, ResponderForm, SnoozeForm
from oncall.models import Alert
from oncall.selectors import alerts as found_alerts
from oncall.services import alerts, assignments, hands, responders, snoozes
from oncall.views.alerts import back
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError

MOST = 200
ASKED = {
    True: "The next are being asked now.",
    False: "Nobody is asked: the alert is held back, or no policy walks for its class. Ask somebody by name.",
}


@login_required
@require_POST
def alert_snooze(request: HttpRequest, id: str) -> HttpResponse:
    """Nobody is paged for a while."""
    actor, alert = _mine(request, id)
    form, now = SnoozeForm(request.POST), timezone.now()
    return _done(
        request,
        alert,
        form,
        lambda: snoozes.snooze(actor=actor, alert=alert, until=form.instant(now), now=now),
        "Snoozed. If it is still open then, it pages again.",
    )


@login_required
@require_POST
def alert_reassign(request: HttpRequest, id: str) -> HttpResponse:
    """Somebody else has it: a person, who is paged, or a team or policy, which is asked from its first step on."""
    actor, alert = _mine(request, id)
    form, now = ReassignForm(request.POST, actor=actor), timezone.now()
    said = "Handed on. They are being asked now."
    if form.is_valid() and form.cleaned_data["person"]:
        person = form.cleaned_data["person"]
        if person.pk == actor.user_id:
            said = "It is yours now."
        return _done(
            request,
            alert,
            form,
            lambda: assignments.hand_to(actor=actor, alert=alert, person=person, now=now),
            said,
        )
    return _done(request, alert, form, lambda: _reassign(actor, alert, form, now), said)


@login_required
@require_POST
def alert_escalate(request: HttpRequest, id: str) -> HttpResponse:
    """The next of the policy are asked now; an acknowledgement is taken back by it."""
    actor, alert = _mine(request, id)
    try:
        is_asked = assignments.escalate(actor=actor, alert=alert, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.add_message(request, messages.SUCCESS if is_asked else messages.WARNING, ASKED[is_asked])
    return back(request, alert)


@login_required
@require_POST
def alert_responder(request: HttpRequest, id: str) -> HttpResponse:
    """Asks one more person to look at it."""
    actor, alert = _mine(request, id)
    form = ResponderForm(request.POST, team_id=alert.team_id)
    return _done(
        request,
        alert,
        form,
        lambda: responders.page_person(
            actor=actor, alert=alert.lead or alert, user=form.cleaned_data["person"], now=timezone.now()
        ),
        "They are being paged.",
    )


@login_required
@require_POST
def alert_note(request: HttpRequest, id: str) -> HttpResponse:
    """Words for whoever reads the history."""
    actor, alert = _mine(request, id)
    form = NoteForm(request.POST)
    return _done(
        request,
        alert,
        form,
        lambda: hands.note(actor=actor, alert=alert, text=form.cleaned_data["text"], now=timezone.now()),
        "Noted.",
    )


@login_required
@require_POST
def alert_unmerge(request: HttpRequest, id: str) -> HttpResponse:
    """Takes a member out of its group."""
    actor, alert = _mine(request, id)
    said = "It stands alone now, and pages for itself."
    return _done(request, alert, Form({}), lambda: hands.unmerge(actor=actor, alert=alert, now=timezone.now()), said)


@login_required
@require_POST
def alert_bulk(request: HttpRequest) -> HttpResponse:
    """Does one thing to all chosen alerts of the inbox; those that refuse are named, the others are done."""
    actor = actor_of(request)
    named = list(dict.fromkeys(request.POST.getlist("alert")))
    chosen = found_alerts.get_alerts(actor, named[:MOST])
    for alert in chosen:
        actor.require(Role.RESPONDER, alert.team_id)
    action = request.POST.get("action", "")
    if not chosen:
        messages.error(request, "Choose at least one alert.")
    elif len(named) > MOST:
        messages.error(request, f"Choose at most {MOST} alerts at once; nothing was done.")
    elif action == "silence":
        asked = [("team", chosen[0].team.slug)] + [("alert", one.public_id) for one in chosen]
        return redirect(f"{reverse('silence_create')}?{urlencode(asked)}")
    else:
        _act_on_all(request, actor, chosen, action)
    return back(request, chosen[0]) if chosen else redirect("alert_list")


def _act_on_all(request: HttpRequest, actor: Actor, chosen: list[Alert], action: str) -> None:
    now = timezone.now()
    minutes = request.POST.get("minutes", "")
    until = now + timedelta(
        minutes=int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 6 else 60
    )
    acts: dict[str, Callable[[Alert], object]] = {
        "acknowledge": lambda one: alerts.acknowledge_alert(actor=actor, alert=one, now=now),
        "resolve": lambda one: alerts.close_alert(actor=actor, alert=one, now=now),
        "snooze": lambda one: snoozes.snooze(actor=actor, alert=one, until=until, now=now),
        "merge": lambda one: hands.merge(actor=actor, lead=chosen[0], others=[one], now=now),
    }
    if action not in acts:
        messages.error(request, "There is no such action.")
        return
    refused = [f"{one.title}: {said}" for one in chosen if (said := _refusal(acts[action], one))]
    for said in refused:
        messages.error(request, said)
    if done := len(chosen) - len(refused):
        messages.success(request, f"Done for {done} alert{'s' if done > 1 else ''}.")


def _refusal(act: Callable[[Alert], object], alert: Alert) -> str:
    try:
        act(alert)
    except DomainError as error:
        return "; ".join(text for errors in error.fields.values() for text in errors) or error.detail
    return ""


def _reassign(actor: Actor, alert: Alert, form: ReassignForm, now: datetime) -> Alert:
    team, policy = form.cleaned_data["team"], form.cleaned_data["policy"]
    return hands.reassign(actor=actor, alert=alert, team=team, policy=policy, now=now)


def _mine(request: HttpRequest, id: str) -> tuple[Actor, Alert]:
    actor = actor_of(request)
    alert = found_alerts.get_alert(actor, id)
    actor.require(Role.RESPONDER, alert.team_id)
    return actor, alert


def _done(request: HttpRequest, alert: Alert, form: Form, act: Callable[[], object], said: str) -> HttpResponse:
    problems = [str(text) for errors in form.errors.values() for text in errors]
    if not problems and (refused := _refusal(lambda _: act(), alert)):
        problems = [refused]
    for problem in problems:
        messages.error(request, problem)
    if not problems:
        messages.success(request, said)
    return back(request, alert)
