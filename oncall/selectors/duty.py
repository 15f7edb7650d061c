"""Who was on duty and who was paged, as the reports and the pay count it: the past on record, the rest as planned."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Ring
from oncall.models import Page, Schedule, Shift
from oncall.models.pages import COPY
from oncall.selectors import schedules
from portal.accounts.models import User
from portal.lib.public_holidays import holidays_of
from portal.lib.times import zone

UTC = ZoneInfo("UTC")


def duties(found: Sequence[Schedule], start: datetime, end: datetime) -> list[Duty]:
    """Everybody's duties in these schedules that touch `[start, end)`, cut to it."""
    lines = schedules.shifts_of(found, start, end)
    return [
        Duty(user.pk, schedule.pk, shift.role, shift.start, shift.end)
        for schedule, line in zip(found, lines, strict=True)
        for shift in line
        for user in shift.users
    ]


def duties_of_team(team_id: int, start: datetime, end: datetime) -> list[Duty]:
    """The duties of a team, with those on record of schedules that were archived since."""
    archived = Shift.objects.filter(schedule__team_id=team_id, schedule__archived_at__isnull=False)
    return duties(schedules.schedules_of(team_id), start, end) + _recorded(archived, start, end)


def duties_of_people(user_ids: Iterable[int], start: datetime, end: datetime) -> list[Duty]:
    """The duties of these people, whatever the team; each schedule is read once for all of them."""
    wanted = set(user_ids)
    found = duties(schedules.schedules_with(*wanted), start, end)
    return [one for one in found if one.person in wanted] + archived_duties(wanted, start, end)


def archived_duties(user_ids: Iterable[int], start: datetime, end: datetime) -> list[Duty]:
    """What these people held in schedules that were archived since, from the record."""
    rows = Shift.objects.filter(user__in=list(user_ids), schedule__archived_at__isnull=False)
    return _recorded(rows, start, end)


def own_duties_of_team(user_id: int, team_id: int, start: datetime, end: datetime) -> list[Duty]:
    """One person's duties for one team, archived schedules included."""
    mine = [one for one in schedules.schedules_with(user_id) if one.team_id == team_id]
    archived = Shift.objects.filter(user_id=user_id, schedule__team_id=team_id, schedule__archived_at__isnull=False)
    return [one for one in duties(mine, start, end) if one.person == user_id] + _recorded(archived, start, end)


def duties_of_person(user_id: int, start: datetime, end: datetime) -> list[Duty]:
    """One person's duties, whatever the team."""
    return duties_of_people([user_id], start, end)


def rings(user_ids: Iterable[int], start: datetime, end: datetime) -> list[Ring]:
    """The pages that went out to these people: neither copies for shadows nor tests."""
    sent = Page.objects.filter(user_id__in=list(user_ids), sent_at__gte=start, sent_at__lt=end, rule__lt=COPY)
    rows = sent.filter(run__alert__is_test=False).values_list("user_id", "run__alert__team_id", "sent_at")
    return [Ring(user or 0, team, at) for user, team, at in rows if at is not None]


def clock_of(user: User, country: str = "", subdivision: str = "", *, at: datetime) -> Clock:
    """A person's own wall clock, with the holidays of a country around `at`."""
    return Clock(zone_of(user.time_zone), holidays_around(country, subdivision, at))


def holidays_around(country: str, subdivision: str, at: datetime) -> frozenset[date]:
    """The public holidays from the year before to the year after; none of a country that is not known."""
    try:
        return frozenset(holidays_of(country, subdivision, at.year))
    except (NotImplementedError, KeyError):
        return frozenset()


def zone_of(name: str) -> ZoneInfo:
    """A zone by its name, UTC where it is not known."""
    try:
        return zone(name)
    except ValueError:
        return UTC


def _recorded(rows: QuerySet[Shift], start: datetime, end: datetime) -> list[Duty]:
    touching = rows.filter(starts_at__lt=end, ends_at__gt=start)
    return [
        Duty(one.user_id, one.schedule_id, one.role, max(one.starts_at, start), min(one.ends_at, end))
        for one in touching.order_by("starts_at", "pk")
    ]
