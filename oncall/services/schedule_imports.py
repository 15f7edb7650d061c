"""Schedules and policies of other systems, first shown with all that does not map, then made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from oncall.domain.imports import agreement, people, systems
from oncall.domain.imports.found import Export, FoundPolicy, FoundSchedule
from oncall.domain.imports.people import Match, Member
from oncall.models import EscalationPolicy
from oncall.selectors import imports
from oncall.services import import_writes
from oncall.services.import_writes import MOST_NAME, Line
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people as accounts
from portal.lib.errors import Invalid

MOST_TEXT = 2_000_000


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
    known = imports.imported_schedules(team_id, [one.key for one in export.schedules])
    lines = tuple(import_writes.meeting(_line(one, ours), known.get(one.key)) for one in export.schedules)
    named = imports.policies_named(team_id, [one.name[:MOST_NAME] for one in export.policies])
    told = tuple(_policy_line(one, named.get(one.name[:MOST_NAME])) for one in export.policies)
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

    What an earlier import made is brought up to date; what cannot be made says why and keeps nothing else back.
    """
    report = preview(system=system, documents=documents, team_id=team_id, chosen=chosen)
    export = systems.read(system, documents)
    calendars = {one.key: one.calendars for one in export.schedules}
    known = imports.imported_schedules(team_id, [one.key for one in export.schedules])
    lines: list[Line] = []
    ids = {key: schedule.pk for key, schedule in known.items()}
    for line in report.schedules:
        if wanted is None or line.key in wanted:
            made, told = import_writes.make_schedule(
                actor, team_id, line, known.get(line.key), calendars[line.key], now
            )
            ids |= {line.key: made.pk} if made else {}
            lines.append(told)
    ours = _ours(report.matches)
    chains = [one for one in export.policies if wanted is None or one.key in wanted]
    may_replace = wanted is not None
    made_policies = tuple(
        import_writes.make_policy(actor, team_id, one, ours, ids, may_replace=may_replace, now=now) for one in chains
    )
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


def _policy_line(policy: FoundPolicy, known: EscalationPolicy | None) -> Line:
    line = Line(policy.key, policy.name, policy.notes, {"steps": list(policy.steps)})
    return replace(line, known_id=known.public_id, meets=import_writes.REPLACED) if known else line
