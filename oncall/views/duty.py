"""What duty weighs: a team's month for its managers, one's own for each, and what is covered by nobody."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from oncall.domain import duty_months
from oncall.forms.duty import MonthForm, RotationMonthForm
from oncall.selectors import compensation, duty, duty_reports, duty_risks, uncovered
from oncall.selectors.duty_reports import Week
from oncall.views import duty_files
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of, signed_in_user
from portal.lib.charts import BarChart
from portal.lib.errors import PermissionDenied

WEEK = timedelta(weeks=1)


@login_required
@require_safe
def duty_report(request: HttpRequest) -> HttpResponse:
    """A team's month: hours, nights, weekends, pages and interrupts by person and rotation, and the trend."""
    actor, now = actor_of(request), timezone.now()
    team = managed_team(actor, request.GET.get("team", ""))
    if team is None:
        return redirect("duty_own")
    form = RotationMonthForm(request.GET or None, actor=actor, team=team, now=now)
    month, rotation = form.wanted_month(), form.wanted_rotation()
    form.show(month)
    zone = duty.zone_of(team.time_zone)
    span = duty_months.span(month, zone)
    report = duty_reports.team_report(team, *span, duty_months.weeks(month, zone, duty_reports.WEEKS), rotation)
    chosen = {"rotation": rotation} if rotation else {}
    context = {
        "form": form,
        "report": report,
        "rotation": report.rotations[0].schedule if rotation else None,
        "month": month,
        "charts": charts(report.weeks),
        "risks": duty_risks.team_risks(team, now),
        "risks_at": duty_risks.told_at(now),
        **neighbours("duty_report", month, team=team.slug, **chosen),
    }
    return render(request, "oncall/duty_report.html", context)


@login_required
@require_safe
def duty_csv(request: HttpRequest) -> HttpResponse:
    """The numbers of the same page as a table."""
    actor, now = actor_of(request), timezone.now()
    team = managed_team(actor, request.GET.get("team", ""))
    if team is None:
        return redirect("duty_own")
    form = RotationMonthForm(request.GET or None, actor=actor, team=team, now=now)
    month, span = form.wanted_month(), duty_months.span(form.wanted_month(), duty.zone_of(team.time_zone))
    return duty_files.load_csv_response(month, duty_reports.team_report(team, *span, [], form.wanted_rotation()))


@login_required
@require_safe
def duty_own(request: HttpRequest) -> HttpResponse:
    """One's own month, what of it is too much, and what it is worth."""
    actor, now, user = actor_of(request), timezone.now(), reader(request)
    form = MonthForm(request.GET or None, now=now, zone=user.time_zone)
    month = form.wanted_month()
    zone = duty.zone_of(user.time_zone)
    trend = duty_months.weeks(month, zone, duty_reports.WEEKS)
    report = duty_reports.own_report(user, *duty_months.span(month, zone), trend)
    context = {
        "form": form,
        "month": month,
        "load": report.load,
        "rotations": report.rotations,
        "charts": charts(report.weeks),
        "risks": duty_risks.own_risks(user, now),
        "limits": duty_risks.limits(),
        "statements": [
            (one, duty_files.totals(one.statement), duty_files.unprintable([one]))
            for one in compensation.own_statements(user, month)
        ],
        "manages": managed_team(actor, "") is not None,
        **neighbours("duty_own", month),
    }
    return render(request, "oncall/duty_own.html", context)


@login_required
@require_safe
def uncovered_services(request: HttpRequest) -> HttpResponse:
    """Services whose policy reaches nobody now or in the coming 30 days."""
    actor, now = actor_of(request), timezone.now()
    context = {
        "found": uncovered.uncovered_services(actor, now),
        "now": now,
        "manages": managed_team(actor, "") is not None,
    }
    return render(request, "oncall/uncovered_services.html", context)


def reader(request: HttpRequest) -> User:
    """The person who is signed in."""
    user = signed_in_user(request)
    if user is None:
        raise PermissionDenied("This is of a person.")
    return user


def managed_team(actor: Actor, slug: str) -> Team | None:
    """The team that was asked for, else the first that `actor` manages, else none; others' teams are refused."""
    if not slug:
        managed = people.teams_where(actor, Role.MANAGER)
        return managed.filter(pk__in=actor.team_ids).first() or managed.first()
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    return team


def charts(weeks: Sequence[Week]) -> list[BarChart]:
    """The trend: hours and interrupts of all together, week by week."""
    hours: list[tuple[datetime, Any]] = [(one.start, one.hours) for one in weeks]
    calls: list[tuple[datetime, Any]] = [(one.start, one.interrupts) for one in weeks]
    nights: list[tuple[datetime, Any]] = [(one.start, one.night_interrupts) for one in weeks]
    return [
        BarChart(title="Hours on duty per week", unit="h", y_label="hours", bars=hours, step=WEEK),
        BarChart(title="Interrupts per week", unit="interrupts", y_label="interrupts", bars=calls, step=WEEK),
        BarChart(title="Interrupts at night per week", unit="interrupts", y_label="interrupts", bars=nights, step=WEEK),
    ]


def neighbours(page: str, month: date, **query: str) -> dict[str, str]:
    """The addresses of the same page for the months around, and what names this one."""
    around = {"earlier": duty_months.former(month), "later": duty_months.following(month), "this": month}
    texts = {name: urlencode(query | {"month": f"{one:%Y-%m}"}) for name, one in around.items()}
    return {
        "earlier": f"{reverse(page)}?{texts['earlier']}",
        "later": f"{reverse(page)}?{texts['later']}",
        "query": texts["this"],
    }
