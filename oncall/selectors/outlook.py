"""What lies ahead of an alert and of a schedule: who is paged next and when, and the published weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from oncall.domain import coverage
from oncall.domain.resolver import Segment
from oncall.models import Alert, EscalationRun, Schedule, ScheduleVersion
from oncall.selectors import foretelling, schedules
from oncall.selectors.schedules import Shift
from portal.accounts.models import User

AHEAD = 4


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A step that will be taken at `at` unless somebody acknowledges; nobody means that it is passed over."""

    at: datetime
    target: str
    users: tuple[User, ...]
    names: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a published schedule: who holds which role in `[start, end)`."""

    start: datetime
    end: datetime
    primary: Shift | None
    secondary: Shift | None

    @property
    def has_gap(self) -> bool:
        return not all(shift and shift.users for shift in (self.primary, self.secondary))

    @property
    def is_override(self) -> bool:
        return any(shift and shift.source == "override" for shift in (self.primary, self.secondary))


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """How long one person holds each role (None: not at all), and in how many nights and weekends they are on call."""

    user: User
    primary: timedelta | None
    secondary: timedelta | None
    nights: int = 0
    weekends: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """The coming weeks of a schedule, with what is wrong with them."""

    schedule: Schedule
    rows: Sequence[Row]
    loads: Sequence[PersonLoad]
    next_handoff: datetime | None
    warnings: Sequence[str]

    @property
    def now(self) -> Row | None:
        return self.rows[0] if self.rows else None

    @property
    def uncovered(self) -> int:
        """How many of the rows have no primary."""
        return sum(1 for row in self.rows if not (row.primary and row.primary.users))


def open_run(alert: Alert) -> EscalationRun | None:
    """The run that is not stopped, if there is one."""
    return alert.runs.exclude(status=EscalationRun.Status.STOPPED).first()


def upcoming(run: EscalationRun | None, *, team_id: int) -> list[Upcoming]:
    """The next steps of a run by the very code that will take them."""
    if run is None or run.next_run_at is None:
        return []
    asks = foretelling.of_run(run, team_id=team_id, most=AHEAD)
    return [Upcoming(ask.at, ask.target, ask.asked.people, ask.asked.names) for ask in asks]


def published(schedule: Schedule, now: datetime) -> Published:
    """The next three months of one schedule."""
    return published_of([schedule], now)[0]


def published_of(found: Sequence[Schedule], now: datetime) -> list[Published]:
    """`published` of several schedules; each is resolved once, and the people of all are read at once."""
    lines = schedules.shifts_of(found, now, now + schedules.PUBLISHED)
    return [_published(schedule, shifts, now) for schedule, shifts in zip(found, lines, strict=True)]


def _published(schedule: Schedule, shifts: Sequence[Shift], now: datetime) -> Published:
    users = {str(user.pk): user for shift in shifts for user in shift.users}
    segments = [
        Segment(one.start, one.end, one.role, tuple(str(user.pk) for user in one.users), one.source) for one in shifts
    ]
    version = schedules.current_version(schedule)
    zone = ZoneInfo(version.zone) if version else coverage.UTC_ZONE
    loads = [_load(users[one.person], one) for one in coverage.load(segments, zone)]
    return Published(schedule, _rows(shifts), loads, coverage.next_handoff(segments, now), _warnings(version, shifts))


def _load(user: User, one: coverage.Load) -> PersonLoad:
    return PersonLoad(user, one.by_role.get("primary"), one.by_role.get("secondary"), one.nights, one.weekends)


def _rows(shifts: Sequence[Shift]) -> list[Row]:
    edges = sorted({shift.start for shift in shifts} | {shift.end for shift in shifts})
    return [
        Row(start, end, _held(shifts, "primary", start), _held(shifts, "secondary", start))
        for start, end in pairwise(edges)
    ]


def _held(shifts: Sequence[Shift], role: str, at: datetime) -> Shift | None:
    return next((shift for shift in shifts if shift.role == role and shift.start <= at < shift.end), None)


def _warnings(version: ScheduleVersion | None, shifts: Sequence[Shift]) -> list[str]:
    members = [member.user for member in version.members.all()] if version else []
    found = [coverage.too_few(str(user.pk) for user in members)]
    found += [f"{user} is deactivated and will not be paged." for user in members if not user.is_active]
    if any(shift.role == "primary" and not shift.users for shift in shifts):
        found.append("There are hours without a primary in the coming three months.")
    return [warning for warning in found if warning]
