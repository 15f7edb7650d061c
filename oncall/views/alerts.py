"""The inbox and the page of an alert."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.domain import deadlines
from oncall.forms.alerts import SNOOZES, AlertFilterForm, AlertForm, NoteForm, ReassignForm, ResponderForm, SnoozeForm
from oncall.models import Alert
from oncall.selectors import alerts as found_alerts
from oncall.selectors import changes, graphs, occurrences, outlook, paging_log, schedules
from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError, PermissionDenied
from portal.lib.forms import add_errors
from portal.lib.ids import new_id

BY_HAND = "manual"
MEMBERS = 100


@login_required
@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    """The inbox: firing first, then acknowledged, then the newest, unless another order is asked for."""
    actor = actor_of(request)
    form = AlertFilterForm(request.GET or None, actor=actor)
    now = timezone.now()
    found = found_alerts.narrowed(found_alerts.leads(actor), form.wanted(now), user_id=actor.user_id)
    found = found_alerts.ordered(found, request.GET.get("sort", ""))
    page = Paginator(found_alerts.keys(found), form.size()).get_page(request.GET.get("page"))
    shown = found_alerts.rows(actor, list(page))
    rows = [(alert, _paged(alert), actor.may(Role.RESPONDER, alert.team_id)) for alert in shown]
    context = {"filter_form": form, "page": page, "rows": rows, "may_raise": alerts.may_raise(actor)}
    context |= {"may_bulk": any(may_act for _, _, may_act in rows), "snoozes": SNOOZES, "now": now}
    return render(request, "oncall/alert_list.html", context)


@login_required
@require_safe
def alert_detail(request: HttpRequest, id: str) -> HttpResponse:
    """What a paged person needs on a phone: state, buttons, who is paged next, runbook, history."""
    actor = actor_of(request)
    now = timezone.now()
    alert = found_alerts.get_alert(actor, id)
    lead = alert.lead or alert
    run = outlook.open_run(lead)
    context = {
        "alert": alert,
        "lead": lead,
        "members": found_alerts.open_members(alert)[:MEMBERS] if alert.lead_id is None else [],
        "run": run,
        "upcoming": outlook.upcoming(run, team_id=lead.team_id),
        "log": paging_log.entries(lead),
        "late_by": deadlines.late_by(run.next_run_at if run else None, now=now),
        "graphs": graphs.graphs_of(alert, actor, now=now),
        "changes": changes.changes_of(alert, actor),
        "earlier": occurrences.earlier(alert, actor),
        "times_in_30_days": occurrences.count(alert),
        "lessons": occurrences.lessons_of([alert.pk], actor).get(alert.pk, []),
        "labels": sorted(alert.labels.items()),
        "events": found_alerts.alert_events(alert),
        "on_call": schedules.on_call_now(team_id=lead.team_id, now=now),
        "may_act": actor.may(Role.RESPONDER, lead.team_id),
        "snooze_form": SnoozeForm(),
        "reassign_form": ReassignForm(actor=actor),
        "responder_form": ResponderForm(team_id=lead.team_id),
        "note_form": NoteForm(),
        "now": now,
    }
    return render(request, "oncall/alert_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alert_create(request: HttpRequest) -> HttpResponse:
    """Raises an alert by hand: the way to page a team without knowing a name."""
    actor = actor_of(request)
    if not alerts.may_raise(actor):
        raise PermissionDenied("Raising an alert needs the role responder in some team.")
    form = AlertForm(request.POST or None, actor=actor, initial={"team": _team_asked(request) or _only_team(actor)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            alert = alerts.open_alert(
                actor=actor,
                team_id=told["team"].pk,
                service_id=told["service"].pk if told["service"] else None,
                source=BY_HAND,
                dedup_key=new_id("hand"),
                title=told["title"],
                severity=told["severity"],
                detail=told["detail"],
                runbook_url=told["runbook_url"] or _runbook(told["service"]),
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, _raised(alert))
            return redirect("alert_detail", alert.public_id)
    return render(request, "oncall/alert_create.html", {"form": form})


@login_required
@require_POST
def alert_acknowledge(request: HttpRequest, id: str) -> HttpResponse:
    """Takes the alert on."""
    actor = actor_of(request)
    alert = found_alerts.get_alert(actor, id)
    actor.require(Role.RESPONDER, alert.team_id)
    try:
        alert = alerts.acknowledge_alert(actor=actor, alert=alert, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        _say_who_has_it(request, alert, actor)
    return back(request, alert)


@login_required
@require_POST
def alert_resolve(request: HttpRequest, id: str) -> HttpResponse:
    """Closes the alert."""
    actor = actor_of(request)
    alert = found_alerts.get_alert(actor, id)
    actor.require(Role.RESPONDER, alert.team_id)
    alerts.close_alert(actor=actor, alert=alert, now=timezone.now())
    messages.success(request, "Resolved. If it fires again, a new alert opens.")
    return back(request, alert)


def _say_who_has_it(request: HttpRequest, alert: Alert, actor: Actor) -> None:
    """Of two who take it on at once one is told that the other has it."""
    holder = alert.acknowledged_by
    if holder is not None and holder.pk != actor.user_id:
        messages.info(request, f"{holder} has it already. Nobody else is paged for this alert.")
    else:
        messages.success(request, "Acknowledged. Nobody else is paged for this alert.")


def back(request: HttpRequest, alert: Alert) -> HttpResponse:
    """To where the form wants, or to the alert."""
    target = request.POST.get("next", "")
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return redirect(target)
    return redirect("alert_detail", alert.public_id)


def _paged(alert: Alert) -> str:
    """The people who were paged for an alert, each once."""
    names = [str(page.user) for run in alert.runs.all() for page in run.pages.all() if page.status == "sent"]
    return ", ".join(dict.fromkeys(names))


def _team_asked(request: HttpRequest) -> str | None:
    value = request.GET.get("team", "")
    return value if value.isascii() and value.isdigit() else None


def _only_team(actor: Actor) -> int | None:
    """The team to page where there is but one."""
    teams = list(people.teams(actor).values_list("pk", flat=True)[:2])
    return teams[0] if len(teams) == 1 else None


def _runbook(service: object) -> str:
    return str(getattr(service, "runbook_url", ""))


def _raised(alert: Alert) -> str:
    if alert.severity == Alert.Severity.CRITICAL:
        return f"Raised. {alert.team} is being paged."
    return "Raised as a ticket. Nobody is paged for it."
