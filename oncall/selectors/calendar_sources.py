"""Calendars elsewhere that are layers of schedules, as their readers see them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import QuerySet

from oncall.domain.json_fields import moment_of
from oncall.models import CalendarSource, Schedule
from oncall.selectors import schedules
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib import sealing
from portal.lib.errors import NotFound


def sources_of(schedule: Schedule) -> QuerySet[CalendarSource]:
    """The calendars of one schedule, the strongest first."""
    return CalendarSource.objects.filter(schedule=schedule).order_by("-level", "name")


def get_source(actor: Actor, public_id: str) -> CalendarSource:
    """One calendar, or NotFound."""
    visible = CalendarSource.objects.visible_to(actor).filter(schedule__archived_at=None)
    found = visible.select_related("schedule__team").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such calendar, or you may not see it.")
    return found


def members(schedule: Schedule) -> list[tuple[str, str, str]]:
    """(key, name, mail) of everybody whom a calendar of the schedule may mean."""
    return [(str(one.pk), str(one), one.email) for one in people.team_members(schedule.team_id)]


def host_of(source: CalendarSource) -> str:
    """Where it is fetched from, without the path, which is often a secret; empty for a file."""
    try:
        return urlsplit(sealing.unseal(source.url)).hostname or ""
    except (sealing.BrokenSeal, ValueError):
        return "unknown"


def zone_of(schedule: Schedule, now: datetime) -> str:
    """The zone of the version that counts, for days and times without one."""
    version = schedules.current_version(schedule, now)
    return version.zone if version is not None else schedule.team.time_zone


@dataclass(frozen=True, slots=True)
class Coming:
    """A shift of a calendar with the people themselves."""

    start: datetime
    end: datetime
    users: tuple[User, ...]


def coming(source: CalendarSource, now: datetime, most: int) -> list[Coming]:
    """The next shifts that the calendar says."""
    ahead = [one for one in source.shifts if (end := moment_of(one["ends_at"])) and end > now][:most]
    users = people.users_by_id(int(key) for one in ahead for key in one["people"])
    return [
        Coming(start, end, tuple(users[int(key)] for key in one["people"] if int(key) in users))
        for one in ahead
        if (start := moment_of(one["starts_at"])) and (end := moment_of(one["ends_at"]))
    ]
