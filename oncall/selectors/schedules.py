"""Who is on call, always by asking the one resolver."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from oncall.domain import resolver
from oncall.domain.rotation import Rotation
from oncall.models import Override, Schedule, ScheduleVersion
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib.errors import NotFound

PUBLISHED = timedelta(weeks=12)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class OnCall:
    """`user` holds `role` of `schedule`, until the shift ends or as far as was looked."""

    schedule: Schedule
    role: str
    user: User
    until: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """A resolver segment with people instead of keys; nobody is a gap."""

    start: datetime
    end: datetime
    role: str
    users: tuple[User, ...]
    source: str


def schedules(actor: Actor) -> QuerySet[Schedule]:
    """The schedules that `actor` may see, with what resolving them needs."""
    return _resolvable(Schedule.objects.visible_to(actor))


def schedules_of(team_id: int) -> list[Schedule]:
    """The schedules of one team, read once, without a check: for the pager and for pages of that team."""
    return list(_resolvable(Schedule.objects.filter(team_id=team_id)))


def schedule_by_id(schedule_id: int) -> list[Schedule]:
    """The schedule of a step of a policy, without a check; nothing once it is archived or gone."""
    return list(_resolvable(Schedule.objects.filter(pk=schedule_id)))


def get_schedule(actor: Actor, public_id: str) -> Schedule:
    """One schedule, or NotFound."""
    found = schedules(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such schedule, or you may not see it.")
    return found


def get_override(actor: Actor, public_id: str) -> Override:
    """One override, or NotFound."""
    visible = Override.objects.visible_to(actor).select_related("schedule__team", "user")
    found = visible.filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such override, or you may not see it.")
    return found


def current_version(schedule: Schedule) -> ScheduleVersion | None:
    """The version that counts from now on."""
    return next((one for one in schedule.versions.all() if one.effective_until is None), None)


def segments(schedule: Schedule, start: datetime, end: datetime) -> list[resolver.Segment]:
    """The resolver's answer for one schedule; people are user ids as text."""
    layers = [layer for version in schedule.versions.all() for layer in layers_of(version)]
    overrides = [
        resolver.Override(one.role, str(one.user_id), one.starts_at, one.ends_at) for one in schedule.overrides.all()
    ]
    return resolver.resolve(layers, overrides, start, end)


def shifts(schedule: Schedule, start: datetime, end: datetime) -> list[Shift]:
    """`segments` with the people themselves."""
    found = segments(schedule, start, end)
    users = people.users_by_id(int(person) for segment in found for person in segment.people)
    return [
        Shift(one.start, one.end, one.role, tuple(users[int(person)] for person in one.people), one.source)
        for one in found
    ]


def on_call_now(*, team_id: int | None = None, now: datetime, horizon: timedelta = INSTANT) -> list[OnCall]:
    """Who holds which role at `now`, by schedule and role; `until` is exact within `horizon`.

    Without `team_id` for all teams: the caller shows only what its reader may see.
    """
    found = Schedule.objects.filter(team_id=team_id) if team_id is not None else Schedule.objects.all()
    return on_call_of(_resolvable(found), now=now, horizon=horizon)


def on_call_of(found: Iterable[Schedule], *, now: datetime, horizon: timedelta = INSTANT) -> list[OnCall]:
    """`on_call_now` for these schedules."""
    pairs = [(one, segment) for one in found for segment in segments(one, now, now + horizon) if segment.start == now]
    users = people.users_by_id(int(person) for _, segment in pairs for person in segment.people)
    return [
        OnCall(one, segment.role, users[int(person)], segment.end)
        for one, segment in pairs
        for person in segment.people
    ]


def layers_of(version: ScheduleVersion) -> list[resolver.Layer]:
    """Primary, and secondary one turn ahead of it: next week's primary."""
    starts_at = datetime.combine(version.first_handoff_on, version.handoff_time)
    rotation = Rotation("weekly", 1, starts_at, ZoneInfo(version.zone))
    members = tuple((str(member.user_id),) for member in version.members.all())
    return [
        resolver.Layer(
            "rotation",
            role,
            rotation,
            members,
            offset=offset,
            effective_from=version.effective_from,
            effective_until=version.effective_until,
        )
        for offset, role in enumerate(resolver.ROLES)
    ]


def _resolvable(found: QuerySet[Schedule]) -> QuerySet[Schedule]:
    ready = found.filter(archived_at=None).select_related("team")
    return ready.prefetch_related("versions__members__user", "overrides__user").order_by("team__name", "name")
