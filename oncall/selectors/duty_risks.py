"""Who had too much duty: told to the person at once, to managers a week later."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.conf import settings

from oncall.domain import duty_risks
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Ring
from oncall.domain.duty_risks import Limits, Risk
from oncall.selectors import duty
from portal.accounts.models import Team, User
from portal.accounts.selectors import people


def own_risks(user: User, at: datetime) -> list[Risk]:
    """What is too much for one person, from whole weeks before `at`."""
    return _risks([user], at)[user.pk]


def team_risks(team: Team, now: datetime) -> list[tuple[User, list[Risk]]]:
    """Who had too much, by name: as it stood when those people had known it for the days of the setting."""
    members = list(people.team_members(team.pk))
    found = _risks(members, told_at(now))
    return [(user, found[user.pk]) for user in members if found[user.pk]]


def told_at(now: datetime) -> datetime:
    """The instant of which managers are told at `now`."""
    return now - timedelta(days=settings.PORTAL_DUTY_RISK_HEAD_START_DAYS)


def limits() -> Limits:
    """The limits of the settings."""
    return Limits(
        night_interrupts=settings.PORTAL_DUTY_NIGHT_INTERRUPTS,
        weeks_ratio=Fraction(settings.PORTAL_DUTY_WEEKS_PERCENT, 100),
        weekends=settings.PORTAL_DUTY_WEEKENDS,
    )


def _risks(users: Sequence[User], at: datetime) -> Mapping[int, list[Risk]]:
    """For everybody at once: each schedule is read one time, however many share it."""
    clocks: dict[int, Clock] = {user.pk: duty.clock_of(user, at=at) for user in users}
    since = min((duty_risks.since(at, clock) for clock in clocks.values()), default=at)
    held: dict[int, list[Duty]] = {who: [] for who in clocks}
    calls: dict[int, list[Ring]] = {who: [] for who in clocks}
    for one in duty.duties_of_people(clocks, since, at):
        held[one.person].append(one)
    for call in duty.rings(clocks, since, at):
        calls[call.person].append(call)
    return {who: duty_risks.risks(held[who], calls[who], clock, at, limits()) for who, clock in clocks.items()}
