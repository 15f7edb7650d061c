"""Grafana OnCall's API v1: schedules, on-call shifts, users, final shifts, escalation chains and policies.

Highest level first, union at equal level, as here. A rotation of users counts periods of its frequency from `start`;
each group has one event of `duration` in the first of every `interval` periods (or on each of `by_day`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from oncall.domain.imports import found, grafana_chains, grafana_shifts
from oncall.domain.imports.found import CalendarLink, Export, FoundSchedule, Json, Notes, Person

TYPES = ("web", "calendar", "ical")
OVERRIDING = 100


def read(documents: Iterable[Any]) -> Export:
    """What /schedules/, /on_call_shifts/, /users/, /schedules/{id}/final_shifts, /escalation_chains/ and so on say."""
    notes = Notes()
    everything = [one for _, one in found.objects(documents)]
    shifts = {found.text(one.get("id")): one for one in everything if one.get("type") in grafana_shifts.TYPES}
    full = [one for one in everything if one.get("type") in TYPES and "name" in one and "duration" not in one]
    finals = [one for one in everything if "shift_start" in one and "user_pk" in one]
    if finals and len(full) != 1:
        notes.add("Final shifts name no schedule; they are compared only with the one schedule of an import.")
        finals = []
    used = {key for one in full for key in _keys(one)}
    for key in [key for key in shifts if key not in used]:
        notes.add(f"The shift {found.text(shifts[key].get('name')) or key} is in no schedule of the export.")
    schedules = tuple(_schedule(one, shifts, finals) for one in full)
    people = [_person(one) for one in everything if "username" in one and "email" in one]
    return Export(schedules, tuple(people), grafana_chains.read(everything), notes.all())


def _keys(schedule: Json) -> list[str]:
    given = schedule.get("shifts")
    return [found.text(key) for key in given] if isinstance(given, list) else []


def _person(one: Json) -> Person:
    name = found.text(one.get("name") or one.get("username"))
    return Person(found.text(one.get("id") or one.get("pk")), name, found.text(one.get("email")))


def _schedule(one: Json, shifts: Mapping[str, Json], finals: Sequence[Json]) -> FoundSchedule:
    notes = Notes()
    zone = found.zone_of(one.get("time_zone"), notes)
    parts = grafana_shifts.Parts()
    for key in _keys(one):
        if key in shifts:
            grafana_shifts.add(parts, shifts[key], zone, notes)
        else:
            notes.add(f"The shift {key} is not in the export; add the answer of /on_call_shifts/.")
    return FoundSchedule(
        key=found.text(one.get("id")),
        name=found.text(one.get("name")) or "A schedule",
        definition={"time_zone": zone.key, "layers": parts.layers, "spans": parts.spans},
        overrides=tuple(parts.overrides),
        calendars=tuple(_calendars(one)),
        notes=notes.all(),
        expected=found.spans([_final(entry, zone) for entry in finals]),
    )


def _calendars(one: Json) -> Iterable[CalendarLink]:
    for name, key, level in (("Calendar", "ical_url_primary", 0), ("Overrides", "ical_url_overrides", OVERRIDING)):
        if url := one.get(key):
            yield CalendarLink(name, found.text(url, 2000), level)


def _final(one: Json, zone: ZoneInfo) -> tuple[Any, Any, str]:
    start, end = (found.moment(one.get(key), zone) for key in ("shift_start", "shift_end"))
    return start, end, found.text(one.get("user_pk"))
