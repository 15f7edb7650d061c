"""The weekly review of alerts: what fired, was it worth it, and what becomes of it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.domain import alert_classes
from oncall.forms.reviews import JudgementForm, MissingForm, ReviewWeekForm
from oncall.selectors import reviews as found_reviews
from oncall.selectors.reviews import Reviewed
from oncall.services import reviews
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError, NotFound
from portal.lib.forms import add_errors

PAGE_SIZE = 50


@login_required
@require_safe
def alert_review(request: HttpRequest) -> HttpResponse:
    """The classes of alerts of a team's week, the loudest first, each with its decision."""
    actor, now = actor_of(request), timezone.now()
    form = ReviewWeekForm(request.GET or None, actor=actor)
    monday = form.monday(timezone.localdate(now))
    own = people.teams(actor).filter(pk__in=actor.team_ids)
    team = people.get_team(actor, form.slug()) if form.slug() else own.first() or people.teams(actor).first()
    context: dict[str, Any] = {"form": form, "monday": monday, "sunday": monday + alert_classes.WEEK, "team": team}
    if team is not None:
        form.show(team.slug, monday)
        rows = found_reviews.week(team, monday)
        context |= {
            "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
            "decided": sum(row.decision is not None for row in rows),
            "count": len(rows),
            "is_cut": found_reviews.is_cut(rows),
            "missing": found_reviews.missing(team, monday),
            "months": found_reviews.months(team, now=now),
            "earlier": _address(team, monday - alert_classes.WEEK),
            "later": _address(team, monday + alert_classes.WEEK),
            "may_act": actor.may(Role.RESPONDER, team.pk),
        }
    return render(request, "oncall/alert_review.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alert_class_review(request: HttpRequest, slug: str, week: str, key: str) -> HttpResponse:
    """The decision about one class of alerts of a week."""
    actor = actor_of(request)
    team, monday = people.get_team(actor, slug), _monday(week)
    actor.require(Role.RESPONDER, team.pk)
    row = next((one for one in found_reviews.week(team, monday) if one.alerts.key == key), None)
    if row is None:
        raise NotFound("No alert of this kind fired in that week.")
    form = JudgementForm(request.POST or None, team_id=team.pk, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            reviews.decide(
                actor=actor,
                team_id=team.pk,
                week=monday,
                alert_class=key,
                title=row.alerts.title,
                judgement=form.judgement(),
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return redirect(_address(team, monday))
    context = {"form": form, "row": row, "team": team, "monday": monday, "back": _address(team, monday)}
    return render(request, "oncall/alert_class_review.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def alert_missing(request: HttpRequest, slug: str, week: str) -> HttpResponse:
    """Notes what should have alerted in a week."""
    actor = actor_of(request)
    team, monday = people.get_team(actor, slug), _monday(week)
    actor.require(Role.RESPONDER, team.pk)
    form = MissingForm(request.POST or None, team_id=team.pk)
    if request.method == "POST" and form.is_valid():
        title, judgement = form.cleaned_data["title"], form.judgement()
        try:
            reviews.miss(
                actor=actor, team_id=team.pk, week=monday, title=title, judgement=judgement, now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return redirect(_address(team, monday))
    context = {"form": form, "team": team, "monday": monday, "back": _address(team, monday)}
    return render(request, "oncall/alert_missing.html", context)


@login_required
@require_safe
def alert_review_tasks(request: HttpRequest) -> HttpResponse:
    """Decisions that nobody has carried out yet."""
    actor = actor_of(request)
    page = Paginator(found_reviews.tasks(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(one, actor.may(Role.RESPONDER, one.team_id)) for one in page]
    context = {"page": page, "rows": rows, "today": timezone.localdate()}
    return render(request, "oncall/alert_review_tasks.html", context)


@login_required
@require_POST
def alert_review_done(request: HttpRequest, id: str) -> HttpResponse:
    """Marks a decision as carried out."""
    actor = actor_of(request)
    review = found_reviews.get_review(actor, id)
    actor.require(Role.RESPONDER, review.team_id)
    reviews.finish(actor=actor, review=review, now=timezone.now())
    messages.success(request, "Done.")
    return redirect("alert_review_tasks")


def _address(team: Team, monday: date) -> str:
    return f"{reverse('alert_review')}?{urlencode({'team': team.slug, 'week': monday.isoformat()})}"


def _monday(week: str) -> date:
    try:
        return alert_classes.week_of(date.fromisoformat(week))
    except ValueError as error:
        raise NotFound("There is no such week.") from error


def _initial(row: Reviewed) -> dict[str, Any]:
    """This week's decision, else the one before it, to be confirmed."""
    known = row.decision or row.before
    if known is None:
        return {"decision": "keep"}
    judged = {True: "yes", False: "no", None: ""}[known.is_actionable]
    return {
        "decision": known.decision,
        "actionable": judged,
        "owner": known.owner_id,
        "due_on": known.due_on,
        "note": known.note,
    }
