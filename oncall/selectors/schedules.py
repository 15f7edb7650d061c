"""Who is on call, always by asking the one resolver."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from oncall.domain import resolver
from oncall.models import Override, Schedule, ScheduleVersion
from oncall.selectors import planning
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib.errors import NotFound

PUBLISHED = timedelta(days=92)
"""Three months, the longest there are."""

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


def schedules_with(*user_ids: int) -> list[Schedule]:
    """The schedules in which one of these people has a part, without a check.

    Named by a version, an override, a swap or a calendar elsewhere, or with a shift on record.
    """
    ways = [
        Q(versions__members__user__in=user_ids),
        Q(overrides__user__in=user_ids),
        Q(swaps__taker__in=user_ids),
        Q(shifts__user__in=user_ids),
        *(Q(calendar_sources__shifts__contains=[{"people": [str(user_id)]}]) for user_id in user_ids),
    ]
    part = Q()
    for way in ways:
        part |= Q(pk__in=Schedule.objects.filter(way).values("pk"))
    return list(_resolvable(Schedule.objects.filter(part)))


def naming(user_ids: Iterable[int]) -> list[Schedule]:
    """The schedules that name one of these people in a version, without a check."""
    return list(_resolvable(Schedule.objects.filter(versions__members__user__in=list(user_ids)).distinct()))


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


def current_version(schedule: Schedule, now: datetime | None = None) -> ScheduleVersion | None:
    """The version that counts at `now`; without it the last one, which has no end."""
    if now is None:
        return next((one for one in schedule.versions.all() if one.effective_until is None), None)
    return next((one for one in planning.versions_between(schedule, now, now + INSTANT)), None)


def coming_versions(schedule: Schedule, now: datetime) -> list[ScheduleVersion]:
    """The versions that are planned and do not count yet, the next first."""
    ahead = [one for one in schedule.versions.all() if one.effective_from > now and not planning.is_void(one)]
    return sorted(ahead, key=lambda one: one.effective_from)


def segments(schedule: Schedule, start: datetime, end: datetime) -> list[resolver.Segment]:
    """The resolver's answer for one schedule; people are user ids as text."""
    given, overrides, swaps = planning.inputs(schedule, start, end)
    return resolver.resolve(given, overrides, start, end, swaps=swaps)


def gaps(schedule: Schedule, start: datetime, end: datetime) -> list[resolver.Segment]:
    """What is uncovered and not intended, by the version of each time."""
    return planning.gaps(schedule, segments(schedule, start, end), start, end)


def shifts(schedule: Schedule, start: datetime, end: datetime) -> list[Shift]:
    """Who holds what in `[start, end)`: the past as it is on record, all else as the resolver says."""
    return shifts_of([schedule], start, end)[0]


def shifts_of(found: Sequence[Schedule], start: datetime, end: datetime) -> list[list[Shift]]:
    """`shifts` of several schedules; their people are read at once."""
    resolved = [_recorded_and_planned(one, start, end) for one in found]
    users = people.users_by_id(int(person) for line in resolved for one in line for person in one.people)
    return [
        [Shift(one.start, one.end, one.role, tuple(users[int(key)] for key in one.people), one.source) for one in line]
        for line in resolved
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


def _recorded_and_planned(schedule: Schedule, start: datetime, end: datetime) -> list[resolver.Segment]:
    border = min(max(schedule.recorded_until or start, start), end)
    recorded = planning.recorded(schedule, start, border) if start < border else []
    return resolver.merge([*recorded, *segments(schedule, border, end)])


def _resolvable(found: QuerySet[Schedule]) -> QuerySet[Schedule]:
    ready = found.filter(archived_at=None).select_related("team").order_by("team__name", "name")
    return ready.prefetch_related("versions__members__user", "overrides__user", planning.TAKEN, "calendar_sources")
