"""Schedules and policies of other systems, first shown with all that does not map, then made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from oncall.domain import escalation, json_fields
from oncall.domain.imports import agreement, people, systems
from oncall.domain.imports.found import Export, FoundPolicy, FoundSchedule
from oncall.domain.imports.people import Match, Member
from oncall.models import Schedule
from oncall.services import calendar_sources, overrides, policies, schedules
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people as accounts
from portal.lib.errors import DomainError, Invalid

MOST_TEXT = 2_000_000
MOST_NAME = 80
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One schedule or policy of the export and what becomes of it; `problem` is why it was not made."""

    key: str
    name: str
    notes: tuple[str, ...]
    definition: Json
    overrides: tuple[Json, ...] = ()
    compared: int = 0
    differences: int = 0
    made_id: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found, who is who, and what does not map."""

    matches: tuple[Match, ...]
    schedules: tuple[Line, ...]
    policies: tuple[Line, ...]
    notes: tuple[str, ...]


def documents_of(texts: Sequence[str]) -> list[Any]:
    """The pasted or uploaded answers; several may follow each other in one text."""
    found: list[Any] = []
    for text in texts:
        if len(text) > MOST_TEXT:
            raise Invalid(fields={"text": ["At most 2 MB at once. Import a few schedules at a time."]})
        found += _documents(text)
    return found


def preview(*, system: str, documents: Sequence[Any], team_id: int, chosen: Mapping[str, str]) -> Report:
    """What would be made. `chosen` names our people by their keys there; an empty one is nobody."""
    export, matches = _understood(system, documents, team_id, chosen)
    ours = _ours(matches)
    lines = tuple(_line(one, ours) for one in export.schedules)
    told = tuple(Line(one.key, one.name, one.notes, {"steps": list(one.steps)}) for one in export.policies)
    notes = export.notes
    if not (lines or told):
        notes += (f"Nothing of {systems.SYSTEMS[system].label} was found in it.",)
    return Report(tuple(matches), lines, told, notes)


def create(
    *,
    actor: Actor,
    system: str,
    documents: Sequence[Any],
    team_id: int,
    chosen: Mapping[str, str],
    wanted: Sequence[str] | None,
    now: datetime,
) -> Report:
    """Makes the schedules and policies whose keys are `wanted` (all without it), each on its own.

    What cannot be made says why and keeps nothing else from being made.
    """
    report = preview(system=system, documents=documents, team_id=team_id, chosen=chosen)
    export = systems.read(system, documents)
    calendars = {one.key: one.calendars for one in export.schedules}
    lines: list[Line] = []
    ids: dict[str, int] = {}
    for line in report.schedules:
        if wanted is None or line.key in wanted:
            made, told = _make(actor, team_id, line, calendars[line.key], now)
            ids |= {line.key: made.pk} if made else {}
            lines.append(told)
    ours = _ours(report.matches)
    chains = [one for one in export.policies if wanted is None or one.key in wanted]
    made_policies = tuple(_make_policy(actor, team_id, one, ours, ids, now) for one in chains)
    return replace(report, schedules=tuple(lines), policies=made_policies)


def _documents(text: str) -> list[Any]:
    decoder, found, place = json.JSONDecoder(), [], 0
    text = text.strip()
    while place < len(text):
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise Invalid(fields={"text": [f"This is no JSON, from character {place + 1} on."]}) from error
        found.append(value)
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
    return found


def _understood(
    system: str, documents: Sequence[Any], team_id: int, chosen: Mapping[str, str]
) -> tuple[Export, list[Match]]:
    if system not in systems.SYSTEMS:
        raise Invalid(fields={"system": [f"Choose one of {', '.join(systems.SYSTEMS)}."]})
    export = systems.read(system, documents)
    members = [Member(str(one.pk), str(one), one.email) for one in accounts.team_members(team_id)]
    return export, people.match(export, members, chosen)


def _ours(matches: Sequence[Match]) -> dict[str, str]:
    return {one.person.key: one.member.key for one in matches if one.member is not None}


def _line(schedule: FoundSchedule, ours: Mapping[str, str]) -> Line:
    definition, kept, lost = people.translated(schedule, ours)
    return Line(
        schedule.key,
        schedule.name[:MOST_NAME],
        (*schedule.notes, *lost),
        definition,
        tuple(kept),
        len(schedule.expected),
        len(agreement.differences(schedule)),
    )


def _make(
    actor: Actor, team_id: int, line: Line, calendars: Sequence[Any], now: datetime
) -> tuple[Schedule | None, Line]:
    note = f"Imported: {line.key}"[:200]
    try:
        made = schedules.publish(
            actor=actor, team_id=team_id, name=line.name, definition=line.definition, note=note, now=now
        )
    except DomainError as error:
        return None, replace(line, problem=_told(error))
    notes = [*line.notes, *_make_overrides(actor, made, line.overrides, now)]
    for one in calendars:
        try:
            calendar_sources.create_source(
                actor=actor, schedule=made, name=one.name, url=one.url, level=one.level, now=now
            )
        except DomainError as error:
            notes.append(f"The calendar {one.name} is left out: {_told(error)}")
    return made, replace(line, notes=tuple(notes), made_id=made.public_id)


def _make_overrides(actor: Actor, schedule: Schedule, given: Sequence[Json], now: datetime) -> list[str]:
    notes = []
    for one in given:
        start, end = json_fields.moment_of(one["starts_at"]), json_fields.moment_of(one["ends_at"])
        if start is None or end is None or end <= now:
            continue
        try:
            overrides.create_override(
                actor=actor,
                schedule=schedule,
                role=one["role"],
                user_id=int(one["person"]),
                replaces_id=int(one["replaces"]) if one.get("replaces") else None,
                starts_at=max(start, now),
                ends_at=end,
                reason="Imported",
                now=now,
            )
        except DomainError as error:
            notes.append(f"The override from {one['starts_at']} is left out: {_told(error)}")
    return notes


def _make_policy(
    actor: Actor, team_id: int, policy: FoundPolicy, ours: Mapping[str, str], ids: Mapping[str, int], now: datetime
) -> Line:
    steps, lost = _steps(policy, ours, ids)
    line = Line(policy.key, policy.name, (*policy.notes, *lost), {"steps": list(policy.steps)})
    try:
        fields = policies.PolicyFields(policy.name[:MOST_NAME], escalation.Plan(steps))
        made = policies.create_policy(actor=actor, team_id=team_id, fields=fields, now=now)
    except DomainError as error:
        return replace(line, problem=_told(error))
    return replace(line, made_id=made.public_id)


def _steps(
    policy: FoundPolicy, ours: Mapping[str, str], ids: Mapping[str, int]
) -> tuple[tuple[escalation.Step, ...], list[str]]:
    """The steps of a plan. One that would ask nobody is left out, and the wait behind it goes into the one before."""
    steps: list[escalation.Step] = []
    lost: list[str] = []
    for one in policy.steps:
        if one["kind"] == "wait":
            _wait(steps, max(one["minutes"], 1))
        elif one["kind"] == "repeat_from":
            steps.append(escalation.RepeatFrom(0, min(one["times"], escalation.MAX_REPEAT)))
        elif one["kind"] == "resolve":
            steps.append(escalation.Resolve())
        else:
            targets = [target for said in one["targets"] if (target := _target(said, ours, ids))]
            lost += ["A target is nobody and no schedule here, and is left out."] * (len(one["targets"]) - len(targets))
            steps += [escalation.Notify(tuple(dict.fromkeys(targets)))] if targets else []
    return tuple(steps), lost


def _wait(steps: list[escalation.Step], minutes: int) -> None:
    last = steps[-1] if steps else None
    if isinstance(last, escalation.Wait):
        steps[-1] = escalation.Wait(min(last.minutes + minutes, escalation.MAX_MINUTES))
    elif last is not None:
        steps.append(escalation.Wait(min(minutes, escalation.MAX_MINUTES)))


def _target(said: Json, ours: Mapping[str, str], ids: Mapping[str, int]) -> escalation.Target | None:
    if said["kind"] == "person":
        return escalation.Target("person", int(ours[said["person"]])) if said["person"] in ours else None
    if said["kind"] == "schedule":
        key = said["schedule"]
        return escalation.Target("schedule", ids[key], "primary") if key in ids else None
    return escalation.Target(said["kind"])


def _told(error: DomainError) -> str:
    first = next((f"{name}: {messages[0]}" for name, messages in error.fields.items()), "")
    return first or error.detail or error.title
