"""Calendars elsewhere as layers: what they say is fetched, and the last that could be read stays in force."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from oncall.clients import calendars, ical_in
from oncall.clients.calendars import CalendarUnreachable
from oncall.clients.ical_in import BadCalendar
from oncall.domain import calendar_people
from oncall.models import CalendarSource, Schedule
from oncall.models.schedules import ROLE_CHOICES
from oncall.selectors import calendar_sources as found_sources
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib import sealing, times
from portal.lib.errors import Conflict, Invalid
from portal.lib.times import rfc3339

EVERY, AFTER_FAILURE, WAIT = timedelta(minutes=15), timedelta(minutes=5), timedelta(minutes=2)
NEVER = timedelta(days=36_500)
BACK, AHEAD = timedelta(days=35), timedelta(days=366)
BATCH, MOST, MOST_UNKNOWN = 20, 10, 100
NAME, PROBLEM, LEVEL = 80, 300, 1000
SYSTEM = "calendars"


@transaction.atomic
def create_source(
    *,
    actor: Actor,
    schedule: Schedule,
    name: str,
    url: str,
    now: datetime,
    role: str = "primary",
    level: int = 0,
) -> CalendarSource:
    """A calendar that is fetched from now on; an empty address is one whose file is given by hand."""
    _check(schedule, name, url, role, level)
    source = CalendarSource(schedule=schedule, name=name.strip(), role=role, level=level, url=sealing.seal(url.strip()))
    source.fetch_due_at = now if url else now + NEVER
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        raise Conflict(fields={"name": ["The schedule has a calendar of this name already."]}) from error
    audit.record(actor=actor, action="calendar_source.created", target=source, after=_facts(source), now=now)
    return source


@transaction.atomic
def add_source(
    *,
    actor: Actor,
    schedule: Schedule,
    name: str,
    url: str,
    role: str,
    level: int,
    content: bytes | None,
    now: datetime,
) -> CalendarSource:
    """`create_source`, with its file read at once where there is one: what cannot be read is not kept."""
    source = create_source(actor=actor, schedule=schedule, name=name, url=url, role=role, level=level, now=now)
    return source if content is None else take_file(actor=actor, source=source, content=content, now=now)


@transaction.atomic
def delete_source(*, actor: Actor, source: CalendarSource, now: datetime) -> None:
    """Its shifts count no more, from now on; what is on record stays."""
    audit.record(actor=actor, action="calendar_source.deleted", target=source, before=_facts(source), now=now)
    source.delete()


@transaction.atomic
def set_people(*, actor: Actor, source: CalendarSource, people: Mapping[str, str], now: datetime) -> None:
    """Who is meant by texts of the calendar; counts with the next fetch, which is due now."""
    members = {key for key, _, _ in found_sources.members(source.schedule)}
    if strangers := [text for text, key in people.items() if key not in members]:
        raise Invalid(fields={"people": [f"{strangers[0][:80]}: choose a member of the team."]})
    before = {"people": source.people}
    source.people = {calendar_people.normal(text): key for text, key in people.items()}
    source.etag = ""
    source.fetch_due_at = now if source.url else source.fetch_due_at
    source.save(update_fields=["people", "etag", "fetch_due_at"])
    after = {"people": source.people}
    audit.record(actor=actor, action="calendar_source.people", target=source, before=before, after=after, now=now)


def take_file(*, actor: Actor, source: CalendarSource, content: bytes, now: datetime) -> CalendarSource:
    """The calendar as a file, once; Invalid says why it cannot be read, and what it said before stays."""
    try:
        _store(source, content, "", actor, now)
    except BadCalendar as error:
        raise Invalid(fields={"file": [str(error)]}) from error
    return source


def fetch_due(*, now: datetime) -> int:
    """Fetches what is due; answers how many could be read."""
    return sum(fetch(source=source, now=now) for source in _claim(now))


def fetch(*, source: CalendarSource, now: datetime) -> bool:
    """Reads the calendar now. Whatever fails is told as its problem, and the shifts that it had stay in force."""
    try:
        got = calendars.fetch(sealing.unseal(source.url), "" if _is_stale(source, now) else source.etag)
        if got.content is None:
            _update(source, fetched_at=now, problem="", fetch_due_at=now + EVERY)
        else:
            _store(source, got.content, got.etag, Actor.system(SYSTEM), now)
    except (CalendarUnreachable, BadCalendar, sealing.BrokenSeal) as error:
        _update(source, problem=str(error)[:PROBLEM], fetch_due_at=now + AFTER_FAILURE)
        return False
    return True


@transaction.atomic
def _claim(now: datetime) -> list[CalendarSource]:
    due = CalendarSource.objects.filter(fetch_due_at__lte=now, schedule__archived_at=None).exclude(url="")
    locked = due.select_for_update(of=("self",), skip_locked=True).select_related("schedule__team")
    found = list(locked.order_by("fetch_due_at")[:BATCH])
    CalendarSource.objects.filter(pk__in=[one.pk for one in found]).update(fetch_due_at=now + WAIT)
    return found


def _is_stale(source: CalendarSource, now: datetime) -> bool:
    """Whether repetitions were unfolded in another week: then it is read again even if it has not changed."""
    return source.fetched_at is None or source.fetched_at.isocalendar()[:2] != now.isocalendar()[:2]


@transaction.atomic
def _store(source: CalendarSource, content: bytes, etag: str, actor: Actor, now: datetime) -> None:
    found = ical_in.read(content, _zone(source, now), now - BACK, now + AHEAD)
    known = calendar_people.directory(found_sources.members(source.schedule), source.people)
    shifts, unknown = [], dict[str, None]()
    for one in found:
        people, strangers = calendar_people.people_of(one.said, known)
        unknown |= dict.fromkeys(strangers)
        if people:
            dated = {"starts_at": rfc3339(one.start), "ends_at": rfc3339(one.end)}
            shifts.append({**dated, "people": list(people)})
    if shifts != source.shifts:
        before, after = {"shifts": len(source.shifts)}, {"shifts": len(shifts), "read_at": now}
        audit.record(actor=actor, action="calendar_source.changed", target=source, before=before, after=after, now=now)
    kept = list(unknown)[:MOST_UNKNOWN]
    again = now + EVERY if source.url else source.fetch_due_at
    _update(source, shifts=shifts, unknown=kept, etag=etag, fetched_at=now, problem="", fetch_due_at=again)


def _update(source: CalendarSource, **values: object) -> None:
    for name, value in values.items():
        setattr(source, name, value)
    CalendarSource.objects.filter(pk=source.pk).update(**values)


def _zone(source: CalendarSource, now: datetime) -> ZoneInfo:
    return times.zone(found_sources.zone_of(source.schedule, now))


def _check(schedule: Schedule, name: str, url: str, role: str, level: int) -> None:
    errors: dict[str, list[str]] = {}
    if not 0 < len(name.strip()) <= NAME:
        errors["name"] = [f"Give 1 to {NAME} characters."]
    if url and (problem := calendars.check(url)):
        errors["url"] = [problem]
    if role not in dict(ROLE_CHOICES):
        errors["role"] = [f"Choose one of {', '.join(dict(ROLE_CHOICES))}."]
    if not 0 <= level <= LEVEL:
        errors["level"] = [f"Give a whole number from 0 to {LEVEL}."]
    if errors:
        raise Invalid(fields=errors)
    if schedule.calendar_sources.count() >= MOST:
        raise Conflict(f"A schedule has at most {MOST} calendars.")


def _facts(source: CalendarSource) -> dict[str, object]:
    host = found_sources.host_of(source)
    return {"name": source.name, "host": host, "role": source.role, "level": source.level}
