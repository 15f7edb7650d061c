"""The load of a team's month: by person, by rotation, over time; and one person's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from oncall.domain import duty_hours, duty_load, duty_months, fairness
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Load, Ring
from oncall.domain.fairness import Balance
from oncall.domain.restrictions import Stretch
from oncall.models import Schedule
from oncall.selectors import compensation, duty, schedules
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.lib.errors import NotFound

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
    """A team's span: all of its rotations, or one of them alone."""

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


@dataclass(frozen=True, slots=True)
class OwnReport:
    """One person's span: all rotations together, each of them, and the weeks of the trend."""

    load: Load
    rotations: Sequence[OwnRotation]
    weeks: Sequence[Week]


@dataclass(frozen=True, slots=True)
class _Read:
    """What reports reckon with: who held what, who was called, on which clock."""

    held: Sequence[Duty]
    calls: Sequence[Ring]
    users: Mapping[int, User]
    clocks: Mapping[int, Clock]


Weeks = Iterable[Stretch]
MEASURES: tuple[tuple[str, str, Callable[[Load], Fraction]], ...] = (
    ("Hours", "h", lambda load: duty_hours.ratio(load.hours, HOUR)),
    ("Nights", "h", lambda load: duty_hours.ratio(load.night, HOUR)),
    ("Weekends", "h", lambda load: duty_hours.ratio(load.weekend, HOUR)),
    ("Interrupts", "interrupts", lambda load: Fraction(load.interrupts)),
)


def team_report(team: Team, start: datetime, end: datetime, weeks: Weeks, rotation: str = "") -> TeamReport:
    """Everything that a manager sees of `[start, end)`; `weeks` are those of the trend.

    With the public id of a rotation only that one, and the pages that came during duty in it.
    """
    trend = list(weeks)
    since, until = _reach(start, end, trend)
    found = _rotations_of(team, rotation)
    held = duty.duties(found, since, until) if rotation else duty.duties_of_team(team.pk, since, until)
    members = _members(found, held, start, end)
    named = {one.person for one in held}.union(*members.values())
    read = _read(held, named, team, start, since, until)
    only = found[0].pk if rotation else 0
    everybody = sorted({who for those in members.values() for who in those} & set(read.users), key=_by_name(read.users))
    return TeamReport(
        team=team,
        start=start,
        end=end,
        people=[PersonLoad(read.users[who], _load(who, read, (start, end), only)) for who in everybody],
        rotations=[_rotation(one, members[one.pk], read, (start, end)) for one in found],
        weeks=[_week(week, read, read.clocks, only) for week in trend],
    )


def own_report(user: User, start: datetime, end: datetime, weeks: Weeks) -> OwnReport:
    """One person's `[start, end)`. Holidays are those that the rules of the teams name in whose rotations they are."""
    trend = list(weeks)
    since, until = _reach(start, end, trend)
    found = schedules.schedules_with(user.pk)
    held = duty.duties(found, since, until)
    mine = [one for one in held if one.person == user.pk] + duty.archived_duties([user.pk], since, until)
    members = _members(found, held, start, end)
    teams = {one.team_id: one.team for one in found}
    reads = {
        pk: _read(
            held, {who for one in found if one.team_id == pk for who in members[one.pk]}, team, start, since, until
        )
        for pk, team in teams.items()
    }
    own = _Read(mine, duty.rings([user.pk], since, until), {user.pk: user}, {user.pk: _own_clock(user, teams, start)})
    shared = [one for one in found if user.pk in members[one.pk]]
    rotations = [_rotation(one, members[one.pk], reads[one.team_id], (start, end)) for one in shared]
    return OwnReport(
        load=_load(user.pk, own, (start, end)),
        rotations=[OwnRotation(one.schedule, _load_of(user, one), one.balances) for one in rotations],
        weeks=[_week(week, own, [user.pk]) for week in trend],
    )


def own_load(user: User, start: datetime, end: datetime) -> Load:
    """One person's load in all rotations."""
    return own_report(user, start, end, []).load


def month_span(team: Team, month: date) -> tuple[datetime, datetime]:
    """A month on the team's clock."""
    return duty_months.span(month, duty.zone_of(team.time_zone))


def _reach(start: datetime, end: datetime, weeks: Sequence[Stretch]) -> Stretch:
    """How far duties and pages are read: rest is judged over the edges."""
    begins, ends = [start - MARGIN, *(one for one, _ in weeks)], [end + MARGIN, *(one for _, one in weeks)]
    return min(begins), max(ends)


def _rotations_of(team: Team, rotation: str) -> list[Schedule]:
    found = schedules.schedules_of(team.pk)
    if not rotation:
        return found
    wanted = [one for one in found if one.public_id == rotation]
    if not wanted:
        raise NotFound("The team has no such rotation.")
    return wanted


def _read(
    held: Sequence[Duty], named: Iterable[int], team: Team, at: datetime, since: datetime, until: datetime
) -> _Read:
    users = people.users_by_id(set(named))
    country, subdivision = compensation.calendar_of(team, at.date())
    clocks = {user.pk: duty.clock_of(user, country, subdivision, at=at) for user in users.values()}
    return _Read(held, duty.rings(users, since, until), users, clocks)


def _members(found: Sequence[Schedule], held: Sequence[Duty], start: datetime, end: datetime) -> Mapping[int, set[int]]:
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


def _own_clock(user: User, teams: Mapping[int, Team], at: datetime) -> Clock:
    """The person's clock with the holidays of all teams whose rotations they share."""
    holidays: set[date] = set()
    for team in teams.values():
        holidays |= duty.holidays_around(*compensation.calendar_of(team, at.date()), at)
    return Clock(duty.zone_of(user.time_zone), frozenset(holidays))


def _load(who: int, read: _Read, span: Stretch, rotation: int = 0) -> Load:
    own = [one for one in read.held if one.person == who and rotation in (0, one.rotation)]
    rung = [one for one in read.calls if one.person == who]
    if rotation:
        on_duty = [(one.start, one.end) for one in own]
        rung = [one for one in rung if duty_hours.inside(one.at, on_duty)]
    return duty_load.load(own, rung, read.clocks[who], *span)


def _load_of(user: User, rotation: Rotation) -> Load:
    return next(one.load for one in rotation.people if one.user.pk == user.pk)


def _rotation(schedule: Schedule, members: Iterable[int], read: _Read, span: Stretch) -> Rotation:
    mine = _Read(read.held, [one for one in read.calls if one.team == schedule.team_id], read.users, read.clocks)
    known = sorted(set(members) & set(read.users), key=_by_name(read.users))
    loads = [PersonLoad(read.users[who], _load(who, mine, span, schedule.pk)) for who in known]
    balances = [
        fairness.balance(name, unit, {one.user.pk: value(one.load) for one in loads}) for name, unit, value in MEASURES
    ]
    return Rotation(schedule, loads, balances)


def _week(week: Stretch, read: _Read, whom: Iterable[int], rotation: int = 0) -> Week:
    loads = [_load(who, read, week, rotation) for who in whom]
    return Week(
        start=week[0],
        hours=duty_hours.ratio(sum((one.hours for one in loads), timedelta()), HOUR),
        interrupts=sum(one.interrupts for one in loads),
        night_interrupts=sum(one.night_interrupts for one in loads),
    )


def _by_name(users: Mapping[int, User]) -> Callable[[int], tuple[str, int]]:
    return lambda who: (str(users[who]).casefold(), who)
