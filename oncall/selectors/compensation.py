"""Rules of compensation, and the statements that they give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from oncall.domain import compensation, duty_months, statements
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty
from oncall.domain.statements import Statement
from oncall.models import CompensationRule
from oncall.selectors import duty
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class PersonStatement:
    """What one person's month is worth in one team."""

    team: Team
    user: User
    statement: Statement


def rules_of(team: Team) -> QuerySet[CompensationRule]:
    """The rules of a team, the latest first, without those that never counted."""
    return CompensationRule.objects.filter(team=team).exclude(effective_until__lte=F("effective_from"))


def get_rule(actor: Actor, public_id: str) -> CompensationRule:
    """One rule, or NotFound; PermissionDenied for whoever does not manage the team: pay is not for everybody."""
    visible = CompensationRule.objects.visible_to(actor).select_related("team")
    found = visible.filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such rule, or you may not see it.")
    actor.require(Role.MANAGER, found.team_id)
    return found


def rules_between(team: Team, start: date, end: date) -> list[CompensationRule]:
    """The rules that count on some day of `[start, end)`, in order."""
    open_ended = Q(effective_until=None) | Q(effective_until__gt=start)
    return list(rules_of(team).filter(open_ended, effective_from__lt=end).order_by("effective_from", "name", "pk"))


def calendar_of(team: Team, day: date) -> tuple[str, str]:
    """The country and its part whose holidays the team's rules name on a day; empty without any."""
    for rule in rules_between(team, day, date.fromordinal(day.toordinal() + 31)):
        terms = compensation.read(rule.terms)
        if terms.country:
            return terms.country, terms.subdivision
    return "", ""


def team_statements(team: Team, month: date) -> list[PersonStatement]:
    """The month of everybody who was on duty for the team, by name."""
    start, end = duty_months.span(month, duty.zone_of(team.time_zone))
    held = duty.duties_of_team(team.pk, start - duty_months.DAY, end)
    users = people.users_by_id(one.person for one in held if one.end > start)
    named = sorted(users.values(), key=lambda user: (str(user).casefold(), user.pk))
    return _statements(team, named, held, month)


def own_statements(user: User, month: date) -> list[PersonStatement]:
    """A person's month in each team that pays by rules and had them on duty then."""
    found = []
    for team in Team.objects.filter(compensation_rules__isnull=False).distinct().order_by("name"):
        start, end = duty_months.span(month, duty.zone_of(team.time_zone))
        held = duty.own_duties_of_team(user.pk, team.pk, start - duty_months.DAY, end)
        if any(one.end > start for one in held):
            found += _statements(team, [user], held, month)
    return found


def _statements(team: Team, users: Sequence[User], held: Sequence[Duty], month: date) -> list[PersonStatement]:
    start, end = duty_months.span(month, duty.zone_of(team.time_zone))
    rules = rules_between(team, month, duty_months.following(month))
    calls = [one for one in duty.rings([user.pk for user in users], start, end) if one.team == team.pk]
    return [
        PersonStatement(
            team,
            user,
            statements.statement(
                [one for one in held if one.person == user.pk],
                [one for one in calls if one.person == user.pk],
                _applied(rules, team, user, start),
                start,
                end,
            ),
        )
        for user in users
    ]


def _applied(
    rules: Sequence[CompensationRule], team: Team, user: User, at: datetime
) -> list[tuple[statements.Rule, Clock]]:
    zone = duty.zone_of(team.time_zone)
    applied = []
    for rule in rules:
        terms = compensation.read(rule.terms)
        holidays = duty.holidays_around(terms.country, terms.subdivision, at)
        until = duty_months.midnight(rule.effective_until, zone) if rule.effective_until else None
        span = statements.Rule(rule.name, terms, duty_months.midnight(rule.effective_from, zone), until)
        applied.append((span, Clock(terms.zone or duty.zone_of(user.time_zone), holidays, terms.working)))
    return applied
