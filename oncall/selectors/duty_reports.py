"""The load of a team's month: by person, by rotation, over time; and one person's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.conf import settings

from oncall.domain import duty_hours, duty_load, duty_months, duty_risks, fairness
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Load, Ring
from oncall.domain.duty_risks import Limits, Risk
from oncall.domain.fairness import Balance
from oncall.models import Schedule
from oncall.selectors import compensation, duty, schedules
from portal.accounts.models import Team, User
from portal.accounts.selectors import people

HOUR = timedelta(hours=1)
MARGIN = timedelta(days=2)
WEEKS = 12


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """One person's load; who did not have any is listed too."""

    user: User
    load: Load


@dataclass(frozen=True, slots=True)
class Rotation:
    """One schedule: the load of everybody who shares it, by name, and how evenly it is shared."""

    schedule: Schedule
    people: Sequence[PersonLoad]
    balances: Sequence[Balance]


@dataclass(frozen=True, slots=True)
class Week:
    """What a week weighed for all together; pages are those of weeks that are over or under way."""

    start: datetime
    hours: Fraction
    interrupts: int
    night_interrupts: int


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team's span."""

    team: Team
    start: datetime
    end: datetime
    people: Sequence[PersonLoad]
    rotations: Sequence[Rotation]
    weeks: Sequence[Week]


@dataclass(frozen=True, slots=True)
class OwnRotation:
    """A person's load in one rotation, and what everybody in it has on average."""

    schedule: Schedule
    load: Load
    balances: Sequence[Balance]


Duties = Sequence[Duty]
MEASURES: tuple[tuple[str, str, Callable[[Load], Fraction]], ...] = (
    ("Hours", "h", lambda load: duty_hours.ratio(load.hours, HOUR)),
    ("Nights", "h", lambda load: duty_hours.ratio(load.night, HOUR)),
    ("Weekends", "h", lambda load: duty_hours.ratio(load.weekend, HOUR)),
    ("Interrupts", "interrupts", lambda load: Fraction(load.interrupts)),
)


def team_report(team: Team, start: datetime, end: datetime, weeks: Iterable[tuple[datetime, datetime]]) -> TeamReport:
    """Everything that a manager sees of `[start, end)`; `weeks` are those of the trend."""
    trend = list(weeks)
    since = min([start - MARGIN, *(begins for begins, _ in trend)])
    until = max([end + MARGIN, *(ends for _, ends in trend)])
    found = schedules.schedules_of(team.pk)
    held = duty.duties_of_team(team.pk, since, until)
    members = _members(found, held, start, end)
    users = people.users_by_id({one.person for one in held}.union(*members.values()))
    calls = duty.rings(users, since, until)
    clocks = {user.pk: _clock(user, team, start) for user in users.values()}
    everybody = sorted({who for those in members.values() for who in those} & set(users), key=_by_name(users))
    return TeamReport(
        team=team,
        start=start,
        end=end,
        people=[PersonLoad(users[who], _load(who, held, calls, clocks[who], (start, end))) for who in everybody],
        rotations=[_rotation(one, members[one.pk], held, calls, clocks, users, (start, end)) for one in found],
        weeks=[_week(begins, ends, held, calls, clocks) for begins, ends in trend],
    )


def own_load(user: User, start: datetime, end: datetime) -> Load:
    """One person's load in all rotations."""
    held = duty.duties_of_person(user.pk, start - MARGIN, end + MARGIN)
    calls = duty.rings([user.pk], start - MARGIN, end + MARGIN)
    return duty_load.load(held, calls, duty.clock_of(user, at=start), start, end)


def own_rotations(user: User, start: datetime, end: datetime) -> list[OwnRotation]:
    """One person's load by rotation, beside the averages of everybody in it."""
    reports = []
    teams = {one.team_id: one.team for one in schedules.schedules_with(user.pk)}
    for team in teams.values():
        for rotation in team_report(team, start, end, []).rotations:
            own = next((one.load for one in rotation.people if one.user.pk == user.pk), None)
            if own is not None:
                reports.append(OwnRotation(rotation.schedule, own, rotation.balances))
    return reports


def own_risks(user: User, at: datetime) -> list[Risk]:
    """What is too much for one person, from whole weeks before `at`."""
    clock = duty.clock_of(user, at=at)
    since = duty_risks.since(at, clock)
    held = duty.duties_of_person(user.pk, since, at)
    return duty_risks.risks(held, duty.rings([user.pk], since, at), clock, at, limits())


def team_risks(team: Team, now: datetime) -> list[tuple[User, list[Risk]]]:
    """Who had too much, by name: as it stood when those people had known it for the days of the setting."""
    at = now - timedelta(days=settings.PORTAL_DUTY_RISK_HEAD_START_DAYS)
    members = people.team_members(team.pk)
    found = [(user, own_risks(user, at)) for user in members]
    return [(user, risks) for user, risks in found if risks]


def limits() -> Limits:
    """The limits of the settings."""
    return Limits(
        night_interrupts=settings.PORTAL_DUTY_NIGHT_INTERRUPTS,
        weeks_ratio=Fraction(settings.PORTAL_DUTY_WEEKS_PERCENT, 100),
        weekends=settings.PORTAL_DUTY_WEEKENDS,
    )


def _members(found: Sequence[Schedule], held: Duties, start: datetime, end: datetime) -> Mapping[int, set[int]]:
    """Who shares each rotation in the span: whom its versions name, and whoever stood in."""
    members: dict[int, set[int]] = {one.pk: set() for one in found}
    for schedule in found:
        for version in schedule.versions.all():
            if version.effective_from < end and (version.effective_until is None or version.effective_until > start):
                members[schedule.pk] |= {member.user_id for member in version.members.all()}
    for one in held:
        if one.start < end and start < one.end:
            members.setdefault(one.rotation, set()).add(one.person)
    return members


def _clock(user: User, team: Team, at: datetime) -> Clock:
    country, subdivision = compensation.calendar_of(team, at.date())
    return duty.clock_of(user, country, subdivision, at=at)


def _load(
    who: int, held: Duties, calls: Iterable[Ring], clock: Clock, span: tuple[datetime, datetime], rotation: int = 0
) -> Load:
    own = [one for one in held if one.person == who and rotation in (0, one.rotation)]
    rung = [one for one in calls if one.person == who]
    if rotation:
        on_duty = [(one.start, one.end) for one in own]
        rung = [one for one in rung if duty_hours.inside(one.at, on_duty)]
    return duty_load.load(own, rung, clock, *span)


def _rotation(
    schedule: Schedule,
    members: Iterable[int],
    held: Duties,
    calls: Sequence[Ring],
    clocks: Mapping[int, Clock],
    users: Mapping[int, User],
    span: tuple[datetime, datetime],
) -> Rotation:
    mine = [one for one in calls if one.team == schedule.team_id]
    known = sorted(set(members) & set(users), key=_by_name(users))
    loads = [PersonLoad(users[who], _load(who, held, mine, clocks[who], span, schedule.pk)) for who in known]
    balances = [
        fairness.balance(name, unit, {one.user.pk: value(one.load) for one in loads}) for name, unit, value in MEASURES
    ]
    return Rotation(schedule, loads, balances)


def _week(start: datetime, end: datetime, held: Duties, calls: Sequence[Ring], clocks: Mapping[int, Clock]) -> Week:
    loads = [_load(who, held, calls, clock, (start, end)) for who, clock in clocks.items()]
    return Week(
        start=start,
        hours=duty_hours.ratio(sum((one.hours for one in loads), timedelta()), HOUR),
        interrupts=sum(one.interrupts for one in loads),
        night_interrupts=sum(one.night_interrupts for one in loads),
    )


def _by_name(users: Mapping[int, User]) -> Callable[[int], tuple[str, int]]:
    return lambda who: (str(users[who]).casefold(), who)


def month_span(team: Team, month: date) -> tuple[datetime, datetime]:
    """A month on the team's clock."""
    return duty_months.span(month, duty.zone_of(team.time_zone))
