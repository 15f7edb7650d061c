"""What duty is worth: a team's statements and rules for its managers, and the files of them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.domain import compensation as terms_of
from oncall.domain import duty_months
from oncall.forms.compensation import RuleForm, initial_of, rows_for
from oncall.forms.duty import MonthForm, TeamMonthForm
from oncall.models import CompensationRule
from oncall.selectors import compensation as found_compensation
from oncall.selectors import duty
from oncall.selectors.compensation import PersonStatement
from oncall.services import compensation
from oncall.views import duty_files
from oncall.views.duty import managed_team, neighbours, reader
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError


@login_required
@require_safe
def compensation_list(request: HttpRequest) -> HttpResponse:
    """What a month of everybody in a team is worth, line by line."""
    actor, now = actor_of(request), timezone.now()
    team = managed_team(actor, request.GET.get("team", ""))
    if team is None:
        return redirect("duty_own")
    form = TeamMonthForm(request.GET or None, actor=actor, team=team, now=now)
    month = form.wanted_month()
    form.show(month)
    found = found_compensation.team_statements(team, month)
    context = {
        "form": form,
        "team": team,
        "month": month,
        "rows": [(one, duty_files.totals(one.statement)) for one in found],
        "unprintable": duty_files.unprintable(found),
        "rules": found_compensation.rules_between(team, month, duty_months.following(month)),
        **neighbours("compensation_list", month, team=team.slug),
    }
    return render(request, "oncall/compensation_list.html", context)


@login_required
@require_safe
def compensation_csv(request: HttpRequest) -> HttpResponse:
    """The statements of a team's month as a table; without a team one's own."""
    return duty_files.csv_response(*_wanted(request))


@login_required
@require_safe
def compensation_pdf(request: HttpRequest) -> HttpResponse:
    """The statements of a team's month as a paper; without a team one's own."""
    return duty_files.pdf_response(*_wanted(request))


@login_required
@require_safe
def compensation_rules(request: HttpRequest) -> HttpResponse:
    """The rules of a team, what they say in words, and since when."""
    actor = actor_of(request)
    team = managed_team(actor, request.GET.get("team", ""))
    if team is None:
        return redirect("duty_own")
    today = _today(team)
    rows = [(rule, terms_of.read(rule.terms), _state(rule, today)) for rule in found_compensation.rules_of(team)]
    teams = people.teams_where(actor, Role.MANAGER)
    return render(request, "oncall/compensation_rules.html", {"team": team, "teams": teams, "rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compensation_rule_create(request: HttpRequest, slug: str) -> HttpResponse:
    """A rule that counts from a day on."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    first = duty_months.following(_today(team))
    form = RuleForm(request.POST or None, initial={"effective_from": first, "roles": ["primary", "secondary"]})
    if request.method == "POST" and form.is_valid():
        try:
            compensation.create_rule(actor=actor, team=team, now=timezone.now(), **_said(form))
        except DomainError as error:
            _place(form, error)
        else:
            messages.success(request, "The rule counts from its first day on.")
            return _back(team)
    return render(request, "oncall/compensation_rule_create.html", {"form": form, "team": team})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compensation_rule_edit(request: HttpRequest, id: str) -> HttpResponse:
    """New terms from a later day on; a rule that does not count yet is rewritten."""
    actor = actor_of(request)
    rule = found_compensation.get_rule(actor, id)
    today = _today(rule.team)
    is_planned = rule.effective_from > today
    first = rule.effective_from if is_planned else duty_months.following(today)
    initial = initial_of(rule.name, rule.terms, first)
    form = RuleForm(request.POST or None, rows=rows_for(rule.terms), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            compensation.change_rule(actor=actor, rule=rule, today=today, now=timezone.now(), **_said(form))
        except DomainError as error:
            _place(form, error)
        else:
            messages.success(request, "The new terms count from their first day on.")
            return _back(rule.team)
    context = {"form": form, "rule": rule, "team": rule.team, "is_planned": is_planned}
    return render(request, "oncall/compensation_rule_edit.html", context)


@login_required
@require_POST
def compensation_rule_end(request: HttpRequest, id: str) -> HttpResponse:
    """Ends a rule with this day; what it paid stays as it is."""
    actor = actor_of(request)
    rule = found_compensation.get_rule(actor, id)
    on = _today(rule.team) + timedelta(days=1)
    compensation.end_rule(actor=actor, rule=rule, on=on, now=timezone.now())
    messages.success(request, f"{rule.name} counts up to today and no longer.")
    return _back(rule.team)


def _wanted(request: HttpRequest) -> tuple[date, list[PersonStatement]]:
    actor, now, user = actor_of(request), timezone.now(), reader(request)
    team = managed_team(actor, request.GET["team"]) if request.GET.get("team") else None
    month = MonthForm(request.GET or None, now=now, zone=(team or user).time_zone).wanted_month()
    if team is None:
        return month, found_compensation.own_statements(user, month)
    return month, found_compensation.team_statements(team, month)


def _said(form: RuleForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"name": said["name"], "effective_from": said["effective_from"], "terms": form.terms()}


def _place(form: RuleForm, error: DomainError) -> None:
    for path, found in error.fields.items():
        name = form.field_of(path)
        form.add_error(name if name in form.fields else None, list(found))
    if not error.fields:
        form.add_error(None, error.detail)


def _state(rule: CompensationRule, today: date) -> str:
    if rule.effective_from > today:
        return "planned"
    return "ended" if rule.effective_until is not None and rule.effective_until <= today else "active"


def _today(team: Team) -> date:
    return timezone.now().astimezone(duty.zone_of(team.time_zone)).date()


def _back(team: Team) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('compensation_rules')}?{urlencode({'team': team.slug})}")
