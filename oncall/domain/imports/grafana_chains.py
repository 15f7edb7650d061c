"""Escalation chains of Grafana OnCall: their policies in order are the steps."""

from collections.abc import Iterable, Sequence
from typing import Any

from oncall.domain.imports import found
from oncall.domain.imports.found import FoundPolicy, Json, Notes

TAKEN_FOR_DEFAULT = 5
REPEATS = 5
MINUTE = 60


def read(everything: Sequence[Json]) -> tuple[FoundPolicy, ...]:
    """The chains of the export; policies without a chain are told by its id."""
    policies = [one for one in everything if isinstance(one.get("escalation_chain_id"), str) and "position" in one]
    names = {found.text(one.get("id")): found.text(one.get("name")) for one in everything if _is_chain(one)}
    keys = dict.fromkeys([*names, *(one["escalation_chain_id"] for one in policies)])
    return tuple(_chain(str(key), names.get(key) or str(key), _of(policies, key)) for key in keys if _of(policies, key))


def _is_chain(one: Json) -> bool:
    return set(one) <= {"id", "name", "team_id", "url"} and "name" in one


def _of(policies: Iterable[Json], key: Any) -> list[Json]:
    mine = [one for one in policies if one["escalation_chain_id"] == key]
    return sorted(mine, key=lambda one: one["position"] if isinstance(one["position"], int) else 0)


def _chain(key: str, name: str, policies: Iterable[Json]) -> FoundPolicy:
    notes = Notes()
    steps: list[dict[str, Any]] = []
    for one in policies:
        steps += _steps(one, notes)
        if one.get("important") is True:
            notes.add("Important steps notify as all others: here the class of the alert chooses people's rules.")
    return FoundPolicy(key, name, tuple(steps), notes.all())


def _steps(one: Json, notes: Notes) -> list[dict[str, Any]]:
    kind = str(one.get("type"))
    match kind:
        case "wait":
            seconds = one.get("duration")
            minutes = max(seconds // MINUTE, 1) if isinstance(seconds, int) else TAKEN_FOR_DEFAULT
            return [{"kind": "wait", "minutes": minutes}]
        case "notify_persons" | "notify_person_next_each_time":
            people = found.items(one.get("persons_to_notify") or one.get("persons_to_notify_next_each_time"))
            if kind.endswith("each_time"):
                notes.add("Persons who are notified in turn are notified together here.")
            return [{"kind": "notify", "targets": [{"kind": "person", "person": found.text(key)} for key in people]}]
        case "notify_on_call_from_schedule":
            key = found.text(one.get("notify_on_call_from_schedule"))
            return [{"kind": "notify", "targets": [{"kind": "schedule", "schedule": key}]}]
        case "notify_whole_channel" | "notify_team_members":
            return [{"kind": "notify", "targets": [{"kind": "team"}]}]
        case "repeat_escalation":
            return [{"kind": "repeat_from", "to": 0, "times": REPEATS}]
        case "resolve":
            return [{"kind": "resolve"}]
    notes.add(f"The step {found.text(kind, 60)} is left out.")
    return []
