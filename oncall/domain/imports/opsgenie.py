"""Opsgenie's REST API v2: schedules with their rotations, overrides, timelines, users and escalations.

All rotations of a schedule count at once. Turns are lengths of wall-clock time in the zone of the schedule, counted
from `startDate`; the participant `none` is a turn of nobody.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from oncall.domain import definitions, resolver
from oncall.domain.imports import found, windows
from oncall.domain.imports.found import Export, FoundPolicy, FoundSchedule, Json, Notes, Person

KINDS = ("hourly", "daily", "weekly")
DAYS = definitions.DAY_NAMES
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def read(documents: Iterable[Any]) -> Export:
    """What GET /v2/schedules?expand=rotation, /overrides, /timeline, /v2/users and /v2/escalations say."""
    notes = Notes()
    everything = found.objects(documents)
    full = [one for _, one in everything if isinstance(one.get("rotations"), list) and "timezone" in one]
    overrides = [one for _, one in everything if "alias" in one and "startDate" in one and "user" in one]
    timelines = [one for _, one in everything if isinstance(one.get("finalTimeline"), dict)]
    for _, one in everything:
        if "timezone" in one and "rotations" not in one and not any(one.get("id") == other.get("id") for other in full):
            notes.add(f"{_name(one)}: without rotations; ask for /v2/schedules?expand=rotation.")
    schedules = tuple(_schedule(one, _of(one, overrides, full), _of(one, timelines, full)) for one in full)
    policies = tuple(_policy(one) for _, one in everything if isinstance(one.get("rules"), list) and "name" in one)
    left = [one for one in overrides if not any(one in _of(schedule, overrides, full) for schedule in full)]
    if left:
        notes.add(f"{len(left)} overrides belong to no schedule of the export.")
    return Export(schedules, tuple(_people(everything)), policies, notes.all())


def _of(schedule: Json, things: Sequence[Json], full: Sequence[Json]) -> list[Json]:
    """Those of `things` whose parent is the schedule; without a parent they are of the only one."""
    mine = []
    for one in things:
        parent = one.get("_parent")
        key = parent.get("id") if isinstance(parent, dict) else None
        if (key is None and len(full) == 1) or (key is not None and key == schedule.get("id")):
            mine.append(one)
    return mine


def _name(one: Json) -> str:
    return found.text(one.get("name") or one.get("id")) or "A schedule"


def _people(everything: Iterable[tuple[str, Json]]) -> list[Person]:
    people: dict[str, Person] = {}
    for one in _users_in([value for _, value in everything]):
        key = found.text(one.get("id"))
        email = found.text(one.get("username") or one.get("name"))
        if key:
            before = people.get(key, Person(key))
            people[key] = Person(key, found.text(one.get("fullName")) or before.name, email or before.email)
    return list(people.values())


def _users_in(value: Any) -> Iterable[Json]:
    if isinstance(value, dict):
        if value.get("type") == "user" or "fullName" in value:
            yield value
        for inner in value.values():
            yield from _users_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _users_in(inner)


def _schedule(one: Json, overrides: Sequence[Json], timelines: Sequence[Json]) -> FoundSchedule:
    notes = Notes()
    zone = found.zone_of(one.get("timezone"), notes)
    if one.get("enabled") is False:
        notes.add("The schedule is switched off there.")
    rotations = found.dicts(one["rotations"])
    layers = [(found.text(rotation.get("id")), _layer(rotation, zone, notes)) for rotation in rotations]
    usable = {key: layer for key, layer in layers if layer}
    changes = [_changes(entry, usable, zone, notes) for entry in overrides]
    spans = [span for _, beside in changes for span in beside]
    return FoundSchedule(
        key=found.text(one.get("id")),
        name=_name(one),
        definition={"time_zone": zone.key, "layers": list(usable.values()), "spans": spans},
        overrides=tuple(made for whole, _ in changes for made in whole),
        expected=found.spans([entry for timeline in timelines for entry in _timeline(timeline, zone)]),
        notes=notes.all(),
    )


def _layer(one: Json, zone: ZoneInfo, notes: Notes) -> dict[str, Any] | None:
    name, kind = found.text(one.get("name")) or "Rotation", one.get("type")
    begins, until, length = _at(one, "startDate", zone), _at(one, "endDate", zone), one.get("length", 1)
    if begins is None or kind not in KINDS or not isinstance(length, int) or length < 1:
        notes.add(f"{name}: a rotation of the type {found.text(kind, 40) or '?'} is left out.")
        return None
    layer: dict[str, Any] = {
        "name": name,
        "role": "primary",
        "rotation": {
            "kind": kind,
            "interval": length,
            "starts_at": found.local_text(begins, zone),
            "time_zone": zone.key,
        },
        "participants": [_participant(entry, name, notes) for entry in found.items(one.get("participants"))],
        "restrictions": _restrictions(one.get("timeRestriction"), name, notes),
        "effective_from": found.utc_text(begins),
    }
    return layer | ({"effective_until": found.utc_text(until)} if until and until > begins else {})


def _participant(one: Any, rotation: str, notes: Notes) -> list[str]:
    kind = one.get("type") if isinstance(one, dict) else None
    if kind == "user":
        return [found.text(one.get("id") or one.get("username"))]
    if kind != "none":
        who = found.text(one.get("name") or one.get("id")) if isinstance(one, dict) else ""
        notes.add(f"{rotation}: the {found.text(kind, 40) or '?'} {who} cannot take turns here; the turn is empty.")
    return []


def _restrictions(one: Any, rotation: str, notes: Notes) -> list[dict[str, Any]]:
    if not isinstance(one, dict) or not one:
        return []
    given = one.get("restrictions") or one.get("restriction")
    pieces: list[dict[str, Any]] = []
    for entry in given if isinstance(given, list) else [given]:
        try:
            pieces += _window(entry)
        except (KeyError, ValueError, TypeError, AttributeError):
            notes.add(f"{rotation}: a time restriction cannot be read and is left out.")
    return pieces


def _window(one: Any) -> list[dict[str, Any]]:
    begins, ends = (time(int(one[f"{edge}Hour"]), int(one[f"{edge}Min"])) for edge in ("start", "end"))
    length = timedelta(hours=ends.hour - begins.hour, minutes=ends.minute - begins.minute)
    if "startDay" not in one:
        return windows.window(None, begins, length if length > timedelta(0) else length + DAY)
    first, last = (DAYS.index(str(one[f"{edge}Day"]).lower()) for edge in ("start", "end"))
    length += (last - first) * DAY
    return windows.window([first], begins, length if length > timedelta(0) else length + WEEK)


def _changes(
    one: Json, layers: dict[str, dict[str, Any]], zone: ZoneInfo, notes: Notes
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Overrides and fixed spans. Of all rotations it is one override; of some it stands in for whoever they have.

    Whoever is on call in another rotation as well stays, and the person of the override comes in beside them.
    """
    start, end, user = _at(one, "startDate", zone), _at(one, "endDate", zone), one.get("user")
    person = found.text(user.get("id") or user.get("username")) if isinstance(user, dict) else ""
    if start is None or end is None or start >= end or not person:
        notes.add(f"The override {found.text(one.get('alias'), 60)} has no person or no times and is left out.")
        return [], []
    chosen = {found.text(rotation.get("id")) for rotation in found.dicts(one.get("rotations"))}
    if not chosen or chosen >= set(layers):
        return [_override(person, start, end)], []
    mine = _segments([layer for key, layer in layers.items() if key in chosen], zone, start, end)
    others = _segments([layer for key, layer in layers.items() if key not in chosen], zone, start, end)
    overrides, beside = [], []
    for held, other in ((held, other) for held in mine for other in others):
        since, until = max(held.start, other.start), min(held.end, other.end)
        for replaced in held.people if since < until else ():
            if replaced in other.people:
                beside.append(_beside(person, since, until))
            elif replaced != person:
                overrides.append(_override(person, since, until, replaced))
    return overrides, beside


def _segments(layers: list[dict[str, Any]], zone: ZoneInfo, start: datetime, end: datetime) -> list[resolver.Segment]:
    definition = {"time_zone": zone.key, "layers": layers}
    return resolver.resolve(definitions.read(definition).layers, [], start, end)


def _beside(person: str, start: datetime, end: datetime) -> dict[str, Any]:
    dated = {"starts_at": found.utc_text(start), "ends_at": found.utc_text(end)}
    return {"name": "Override", "role": "primary", "people": [person], **dated}


def _override(person: str, start: datetime, end: datetime, replaces: str = "") -> dict[str, Any]:
    made = {"role": "primary", "person": person, "starts_at": found.utc_text(start), "ends_at": found.utc_text(end)}
    return made | ({"replaces": replaces} if replaces else {})


def _timeline(one: Json, zone: ZoneInfo) -> Iterable[tuple[datetime | None, datetime | None, str]]:
    for rotation in found.dicts(one["finalTimeline"].get("rotations")):
        for period in found.dicts(rotation.get("periods")):
            who = period.get("recipient")
            if isinstance(who, dict) and who.get("type") == "user":
                yield _at(period, "startDate", zone), _at(period, "endDate", zone), found.text(who.get("id"))


def _at(one: Json, key: str, zone: ZoneInfo) -> datetime | None:
    return found.moment(one.get(key), zone)


def _policy(one: Json) -> FoundPolicy:
    notes, passed = Notes(), 0
    steps: list[dict[str, Any]] = []
    for rule in sorted(found.dicts(one["rules"]), key=_delay):
        if _delay(rule) > passed:
            steps.append({"kind": "wait", "minutes": _delay(rule) - passed})
            passed = _delay(rule)
        target = _target(rule.get("recipient"), notes)
        steps.append({"kind": "notify", "targets": [target] if target else []})
        if rule.get("notifyType") not in (None, "default", "all"):
            notes.add(
                f"To notify {found.text(rule.get('notifyType'), 40)} of a recipient is taken for whoever is on call."
            )
        if rule.get("condition") not in (None, "if-not-acked"):
            notes.add(f"The condition {found.text(rule.get('condition'), 40)} is taken for if-not-acked.")
    repeat = one.get("repeat")
    if isinstance(repeat, dict) and isinstance(repeat.get("count"), int) and repeat["count"] > 0:
        steps.append({"kind": "wait", "minutes": found.whole(repeat.get("waitInterval"), 5)})
        steps.append({"kind": "repeat_from", "to": 0, "times": repeat["count"]})
    return FoundPolicy(found.text(one.get("id")), _name(one), tuple(steps), notes.all())


def _delay(rule: Json) -> int:
    delay = rule.get("delay")
    amount = delay.get("timeAmount") if isinstance(delay, dict) else 0
    factor = {"hours": 60, "days": 1440}.get(str(delay.get("timeUnit")) if isinstance(delay, dict) else "", 1)
    return amount * factor if isinstance(amount, int) else 0


def _target(one: Any, notes: Notes) -> dict[str, Any] | None:
    kind = one.get("type") if isinstance(one, dict) else None
    if kind == "user":
        return {"kind": "person", "person": found.text(one.get("id") or one.get("username"))}
    if kind == "schedule":
        return {"kind": "schedule", "schedule": found.text(one.get("id"))}
    if kind == "team":
        return {"kind": "team"}
    notes.add(f"A recipient of the kind {found.text(kind, 40) or '?'} is left out.")
    return None
