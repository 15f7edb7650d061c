"""PagerDuty's REST API v2: schedules with layers, overrides, users and escalation policies.

Turns are lengths of wall-clock time in the zone of the schedule, counted from `rotation_virtual_start`; the first of
`users` has the first. The API has listed layers with the strongest first for years and announced the other order, so
`final_schedule` decides where the export has it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from oncall.domain.imports import agreement, found, windows
from oncall.domain.imports.found import Export, FoundPolicy, FoundSchedule, Json, Notes, Person

HOUR, DAY, WEEK = 3600, 86_400, 604_800
UNITS = ((WEEK, "weekly"), (DAY, "daily"), (HOUR, "hourly"))


def read(documents: Iterable[Any]) -> Export:
    """What the answers of GET /schedules/{id}, /users, /schedules/{id}/overrides and /escalation_policies say."""
    notes = Notes()
    everything = found.objects(documents)
    full = [one for _, one in everything if isinstance(one.get("schedule_layers"), list)]
    loose = [one for name, one in everything if name == "overrides" and "start" in one]
    for name, one in everything:
        if name in {"schedules", "schedule"} and "schedule_layers" not in one and not _known(one, full):
            notes.add(f"{_name(one)}: without schedule_layers; ask for GET /schedules/{{id}} of it.")
    if loose and len(full) != 1:
        notes.add(f"{len(loose)} overrides name no schedule; import them with the one schedule that they belong to.")
        loose = []
    schedules = tuple(_schedule(one, loose) for one in full)
    policies = tuple(_policy(one) for _, one in everything if isinstance(one.get("escalation_rules"), list))
    return Export(schedules, tuple(_people(everything)), policies, notes.all())


def _known(one: Json, full: Iterable[Json]) -> bool:
    return any(other.get("id") == one.get("id") for other in full)


def _name(one: Json) -> str:
    return found.text(one.get("name") or one.get("summary") or one.get("id")) or "A schedule"


def _people(everything: Iterable[tuple[str, Json]]) -> list[Person]:
    people: dict[str, Person] = {}
    for one in _users_in([value for _, value in everything]):
        key = found.text(one.get("id"))
        name = found.text(one.get("name") or one.get("summary"))
        email = found.text(one.get("email"))
        before = people.get(key, Person(key))
        if key:
            people[key] = Person(key, name or before.name, email or before.email)
    return list(people.values())


def _users_in(value: Any) -> Iterable[Json]:
    if isinstance(value, dict):
        if value.get("type") in ("user", "user_reference"):
            yield value
        for inner in value.values():
            yield from _users_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _users_in(inner)


def _schedule(one: Json, loose: Sequence[Json]) -> FoundSchedule:
    notes = Notes()
    zone = found.zone_of(one.get("time_zone"), notes)
    layers = [_layer(layer, zone, notes) for layer in one["schedule_layers"] if isinstance(layer, dict)]
    usable = [layer for layer in layers if layer]
    overrides = [*loose, *_entries(one, "overrides_subschedule")]
    made = FoundSchedule(
        key=found.text(one.get("id")),
        name=_name(one),
        definition={"time_zone": zone.key, "layers": _levelled(usable, strongest_first=True)},
        overrides=tuple(_override(entry, zone, notes) for entry in _distinct(overrides) if _is_override(entry, zone)),
        expected=found.spans([_spanned(entry, zone) for entry in _entries(one, "final_schedule")]),
    )
    other = replace(made, definition=made.definition | {"layers": _levelled(usable, strongest_first=False)})
    if len(usable) > 1 and made.expected and len(agreement.differences(other)) < len(agreement.differences(made)):
        made = other
    elif len(usable) > 1 and not made.expected:
        notes.add("Which layer is stronger is told by final_schedule; without it the first layer is the strongest.")
    return replace(made, notes=notes.all())


def _levelled(layers: Sequence[dict[str, Any]], *, strongest_first: bool) -> list[dict[str, Any]]:
    levels = range(len(layers), 0, -1) if strongest_first else range(1, len(layers) + 1)
    return [{**layer, "level": level} for layer, level in zip(layers, levels, strict=True)]


def _layer(one: Json, zone: ZoneInfo, notes: Notes) -> dict[str, Any] | None:
    name = found.text(one.get("name")) or "Layer"
    begins, length = found.moment(one.get("rotation_virtual_start"), zone), one.get("rotation_turn_length_seconds")
    kind = next((kind for kind in UNITS if isinstance(length, int) and length > 0 and length % kind[0] == 0), None)
    if begins is None or kind is None or not isinstance(length, int):
        notes.add(f"{name}: turns of {found.text(length) or '?'} seconds are no whole hours; the layer is left out.")
        return None
    since, until = found.moment(one.get("start"), zone), found.moment(one.get("end"), zone)
    layer: dict[str, Any] = {
        "name": name,
        "role": "primary",
        "rotation": {
            "kind": kind[1],
            "interval": length // kind[0],
            "starts_at": found.local_text(begins, zone),
            "time_zone": zone.key,
        },
        "participants": [[_user(entry)] if _user(entry) else [] for entry in found.dicts(one.get("users"))],
        "restrictions": [
            piece for entry in found.dicts(one.get("restrictions")) for piece in _window(entry, name, notes)
        ],
    }
    for key, at in (("effective_from", since), ("effective_until", until)):
        if at is not None:
            layer[key] = found.utc_text(at)
    return layer if since is None or until is None or since < until else None


def _window(one: Json, layer: str, notes: Notes) -> list[dict[str, Any]]:
    try:
        begins = time.fromisoformat(str(one.get("start_time_of_day"))).replace(tzinfo=None)
        length = timedelta(seconds=int(one.get("duration_seconds") or 0))
        weekdays = [(int(one["start_day_of_week"]) - 1) % 7] if one.get("type") == "weekly_restriction" else None
        return windows.window(weekdays, begins, length)
    except (KeyError, ValueError, TypeError, OverflowError):
        notes.add(f"{layer}: a restriction cannot be read and is left out.")
        return []


def _user(entry: Any) -> str:
    user = entry.get("user", entry) if isinstance(entry, dict) else {}
    return found.text(user.get("id")) if isinstance(user, dict) else ""


def _entries(one: Json, key: str) -> list[Json]:
    inner = one.get(key)
    return found.dicts(inner.get("rendered_schedule_entries")) if isinstance(inner, dict) else []


def _distinct(entries: Iterable[Json]) -> list[Json]:
    return list({(str(entry.get("start")), str(entry.get("end")), _user(entry)): entry for entry in entries}.values())


def _spanned(entry: Json, zone: ZoneInfo) -> tuple[Any, Any, str]:
    return found.moment(entry.get("start"), zone), found.moment(entry.get("end"), zone), _user(entry)


def _is_override(entry: Json, zone: ZoneInfo) -> bool:
    start, end, person = _spanned(entry, zone)
    return bool(start and end and start < end and person)


def _override(entry: Json, zone: ZoneInfo, notes: Notes) -> dict[str, Any]:
    start, end, person = _spanned(entry, zone)
    return {
        "role": "primary",
        "person": person,
        "starts_at": found.utc_text(start),
        "ends_at": found.utc_text(end),
    }


def _policy(one: Json) -> FoundPolicy:
    notes = Notes()
    steps: list[dict[str, Any]] = []
    for rule in found.dicts(one.get("escalation_rules")):
        targets = [target for entry in found.dicts(rule.get("targets")) if (target := _target(entry, notes))]
        steps.append({"kind": "notify", "targets": targets})
        strategy = rule.get("escalation_rule_assignment_strategy")
        if isinstance(strategy, dict) and strategy.get("type") == "round_robin":
            notes.add("Targets that are notified in turn are notified together here.")
        minutes = rule.get("escalation_delay_in_minutes")
        steps.append({"kind": "wait", "minutes": minutes if isinstance(minutes, int) else 30})
    loops = one.get("num_loops")
    if isinstance(loops, int) and loops > 0 and steps:
        steps.append({"kind": "repeat_from", "to": 0, "times": loops})
    return FoundPolicy(found.text(one.get("id")), _name(one), tuple(steps), notes.all())


def _target(entry: Json, notes: Notes) -> dict[str, Any] | None:
    kind, key = str(entry.get("type")), found.text(entry.get("id"))
    if kind.startswith("user"):
        return {"kind": "person", "person": key}
    if kind.startswith("schedule"):
        return {"kind": "schedule", "schedule": key}
    notes.add(f"A target of the kind {found.text(kind, 40)} is left out.")
    return None
