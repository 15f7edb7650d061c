"""Shifts of Grafana OnCall as layers, fixed spans and overrides."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from oncall.domain import json_fields, wallclock
from oncall.domain.imports import found, windows
from oncall.domain.imports.found import Json, Notes
from oncall.domain.restrictions import WEEKDAYS

TYPES = ("rolling_users", "recurrent_event", "single_event", "override")
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
UNITS = {"hourly": HOUR, "daily": DAY, "weekly": WEEK}
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = {"MONDAY": 0, "TUESDAY": 1, "WEDNESDAY": 2, "THURSDAY": 3, "FRIDAY": 4, "SATURDAY": 5, "SUNDAY": 6}
OVERRIDING = 100
LONGEST = timedelta(days=366)


@dataclass(slots=True)
class Parts:
    """What a schedule is made of."""

    layers: list[dict[str, Any]] = field(default_factory=list)
    spans: list[dict[str, Any]] = field(default_factory=list)
    overrides: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Event:
    """A shift that repeats: `start` is on the wall of `zone`."""

    name: str
    level: int
    start: datetime
    duration: timedelta
    zone: ZoneInfo
    groups: list[list[str]]
    kind: str
    interval: int
    days: list[int]
    week_start: int


def add(parts: Parts, shift: Json, schedule_zone: ZoneInfo, notes: Notes) -> None:
    """Adds the shift to the parts of a schedule, or a note why it cannot be."""
    name = found.text(shift.get("name")) or found.text(shift.get("id"))
    zone = found.zone_of(shift["time_zone"], notes) if shift.get("time_zone") else schedule_zone
    start, duration = json_fields.moment_of(shift.get("start")), shift.get("duration")
    if start is None or not isinstance(duration, int) or not 0 < duration <= LONGEST.total_seconds():
        notes.add(f"{name}: its start or duration cannot be read; the shift is left out.")
        return
    local = start.replace(tzinfo=None) if start.tzinfo is None else wallclock.local_time(start, zone)
    length = timedelta(seconds=duration)
    if shift["type"] in {"single_event", "override"}:
        _fixed(parts, shift, name, local, length, zone)
        return
    event = _event(shift, name, local, length, zone)
    made = _layer(event) if event else None
    if made is None:
        rhythm = f"{found.text(shift.get('frequency'), 20)} every {found.text(shift.get('interval') or 1)}"
        notes.add(f"{name}: a shift of {length} {rhythm} has no rotation here that says the same; it is left out.")
    else:
        parts.layers.append(made | _effective(shift, zone))


def _fixed(parts: Parts, shift: Json, name: str, local: datetime, length: timedelta, zone: ZoneInfo) -> None:
    people = list(dict.fromkeys(person for group in _groups(shift) for person in group))
    start, end = wallclock.instant(local, zone), wallclock.last_instant(local + length, zone)
    dated = {"starts_at": found.utc_text(start), "ends_at": found.utc_text(end)}
    if shift["type"] == "override" and len(people) == 1:
        parts.overrides.append({"role": "primary", "person": people[0], **dated})
    elif people:
        level = OVERRIDING if shift["type"] == "override" else _level(shift)
        parts.spans.append({"name": name, "level": level, "role": "primary", "people": people, **dated})


def _event(shift: Json, name: str, local: datetime, length: timedelta, zone: ZoneInfo) -> Event | None:
    interval, kind = shift.get("interval") or 1, str(shift.get("frequency"))
    if not isinstance(interval, int) or interval < 1 or shift.get("by_month") or shift.get("by_monthday"):
        return None
    days = found.items(shift.get("by_day"))
    if any(day not in CODES for day in days):
        return None
    week_start = str(shift.get("week_start") or "MO").upper()
    first = CODES.index(week_start) if week_start in CODES else DAY_NAMES.get(week_start, 0)
    numbers = sorted({CODES.index(day) for day in days})
    return Event(name, _level(shift), local, length, zone, _groups(shift), kind, interval, numbers, first)


def _groups(shift: Json) -> list[list[str]]:
    """Who takes turns; without a rotation one group of everybody."""
    rolling, users = shift.get("rolling_users"), shift.get("users")
    if isinstance(rolling, list) and rolling:
        first = shift.get("start_rotation_from_user_index")
        cut = first % len(rolling) if isinstance(first, int) else 0
        return [_names(group) for group in rolling[cut:] + rolling[:cut]]
    return [_names(users)]


def _names(group: Any) -> list[str]:
    return [found.text(person) for person in group if found.text(person)] if isinstance(group, list) else []


def _level(shift: Json) -> int:
    level = shift.get("level", shift.get("priority_level"))
    return level if isinstance(level, int) and not isinstance(level, bool) else 0


def _layer(event: Event) -> dict[str, Any] | None:
    """A layer that says the same as the event, or None."""
    if event.kind == "daily" and event.days:
        return _day_by_day(event) if event.duration <= DAY else None
    if event.kind == "weekly" and event.days:
        return _by_weekdays(event) if event.duration <= DAY else None
    if event.kind not in UNITS or (event.days and event.days != list(range(7))):
        return None
    return _plain(event, UNITS[event.kind])


def _plain(event: Event, unit: timedelta) -> dict[str, Any] | None:
    """Without weekdays: whole units of turns, or one unit with the hours of it that are covered."""
    if event.duration > unit * event.interval:
        return None
    whole, rest = divmod(event.duration, unit)
    if rest and (whole or event.kind == "hourly"):
        return None
    if whole == event.interval:
        return _made(event, event.kind, event.interval, event.start, event.groups, [])
    first = [event.start.weekday()] if event.kind == "weekly" else None
    hours = windows.window(first, event.start.time(), event.duration) if rest else []
    groups = _spread(event.groups, max(whole, 1), event.interval)
    return _made(event, event.kind, 1, event.start, groups, hours)


def _by_weekdays(event: Event) -> dict[str, Any]:
    """Weeks that begin on `week_start` at the clock time of the shift, so that a night belongs to one week."""
    back = (event.start.weekday() - event.week_start) % 7
    hours = windows.window(event.days, event.start.time(), event.duration)
    groups = _spread(event.groups, 1, event.interval)
    return _made(event, "weekly", 1, event.start - back * DAY, groups, hours)


def _day_by_day(event: Event) -> dict[str, Any]:
    """Each of the days is the turn of the next group."""
    start = event.start
    while start.weekday() not in event.days:
        start += DAY
    at = _clock(start.time())
    handoffs = [{"weekday": WEEKDAYS[day], "at": at} for day in event.days]
    groups = [group for group in event.groups for _ in range(event.interval)]
    hours = windows.window(event.days, start.time(), event.duration)
    made = _made(event, "custom", 1, start, groups, hours)
    made["rotation"]["handoffs"] = handoffs
    return made


def _spread(groups: list[list[str]], on: int, interval: int) -> list[list[str]]:
    """Each group for `on` periods, and nobody for the rest of its `interval`."""
    return [turn for group in groups for turn in [group] * on + [[]] * (interval - on)]


def _made(
    event: Event, kind: str, interval: int, start: datetime, groups: list[list[str]], hours: list[dict[str, Any]]
) -> dict[str, Any]:
    rotation = {"kind": kind, "interval": interval, "starts_at": start.isoformat(timespec="seconds")}
    return {
        "name": event.name,
        "level": event.level,
        "role": "primary",
        "rotation": {**rotation, "time_zone": event.zone.key},
        "participants": groups,
        "restrictions": hours,
    }


def _effective(shift: Json, zone: ZoneInfo) -> dict[str, str]:
    since = found.moment(shift.get("rotation_start") or shift.get("start"), zone)
    until = found.moment(shift.get("until"), zone)
    told = {"effective_from": since, "effective_until": until if since is None or until != since else None}
    return {key: found.utc_text(at) for key, at in told.items() if at is not None}


def _clock(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
