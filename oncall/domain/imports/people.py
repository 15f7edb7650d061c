"""Who the people of an export are here, and the export with our people in the places of theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oncall.domain.imports.found import Export, FoundSchedule, Person

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team here; `key` is what definitions call them by."""

    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Match:
    """A person of the export and who that is; `member` is None where nobody fits, `how` says why it fits."""

    person: Person
    member: Member | None
    how: str = ""


def match(export: Export, members: Sequence[Member], chosen: Mapping[str, str]) -> list[Match]:
    """Everybody whom schedules or policies name: as chosen, else by mail, else by a name that only one has."""
    known = {one.key: one for one in export.people}
    return [_match(known.get(key, Person(key)), members, chosen) for key in named(export)]


def named(export: Export) -> list[str]:
    """The keys of all whom schedules and policies name, in order."""
    found: dict[str, None] = {}
    for schedule in export.schedules:
        found |= dict.fromkeys(_named_in(schedule))
    for policy in export.policies:
        targets = [target for step in policy.steps for target in step.get("targets", ())]
        found |= dict.fromkeys(target["person"] for target in targets if target["kind"] == "person")
    return [key for key in found if key]


def translated(schedule: FoundSchedule, ours: Mapping[str, str]) -> tuple[Json, list[Json], list[str]]:
    """Definition and overrides with our people, and what that leaves empty. A turn of nobody keeps its place."""
    notes: list[str] = []
    layers = [_layer(one, ours, notes) for one in schedule.definition.get("layers", [])]
    spans = [{**one, "people": _ours(one["people"], ours)} for one in schedule.definition.get("spans", [])]
    lost = sum(not one["people"] for one in spans)
    if lost:
        notes.append(f"{lost} fixed shifts have nobody who is here and are left out.")
    definition = {**schedule.definition, "layers": layers, "spans": [one for one in spans if one["people"]]}
    overrides = [_override(one, ours) for one in schedule.overrides]
    kept = [one for one in overrides if one is not None]
    if len(kept) < len(overrides):
        notes.append(f"{len(overrides) - len(kept)} overrides have somebody who is not here and are left out.")
    return definition, kept, notes


def _match(person: Person, members: Sequence[Member], chosen: Mapping[str, str]) -> Match:
    if person.key in chosen:
        return Match(person, next((one for one in members if one.key == chosen[person.key]), None), "chosen")
    by_mail = [one for one in members if person.email and one.email.casefold() == person.email.casefold()]
    if by_mail:
        return Match(person, by_mail[0], "mail")
    by_name = [one for one in members if person.name and one.name.casefold() == person.name.casefold()]
    return Match(person, by_name[0], "name") if len(by_name) == 1 else Match(person, None)


def _named_in(schedule: FoundSchedule) -> Iterable[str]:
    for layer in schedule.definition.get("layers", []):
        for group in layer["participants"]:
            yield from group
    for span in schedule.definition.get("spans", []):
        yield from span["people"]
    for override in schedule.overrides:
        yield override["person"]


def _ours(group: Iterable[str], ours: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(ours[person] for person in group if person in ours))


def _layer(layer: Json, ours: Mapping[str, str], notes: list[str]) -> Json:
    groups = [_ours(group, ours) for group in layer["participants"]]
    lost = sum(bool(theirs) and not here for theirs, here in zip(layer["participants"], groups, strict=True))
    if lost:
        notes.append(f"{layer['name']}: {lost} of {len(groups)} turns have nobody who is here; they stay empty.")
    return {**layer, "participants": groups}


def _override(one: Json, ours: Mapping[str, str]) -> Json | None:
    replaces = one.get("replaces", "")
    if one["person"] not in ours or (replaces and replaces not in ours):
        return None
    return {**one, "person": ours[one["person"]]} | ({"replaces": ours[replaces]} if replaces else {})
