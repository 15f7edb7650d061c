"""Making what an import has understood, or bringing up to date what an earlier import made.

A schedule is known again by the key that its imported version notes, a policy by its name. A repeat of the same import
changes nothing: the definition is compared, overrides are matched by person and times, calendars by name and address.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from oncall.domain import escalation, escalation_json, json_fields
from oncall.domain.imports.found import CalendarLink, FoundPolicy
from oncall.models import EscalationPolicy, Override, Schedule
from oncall.selectors import imports as found_imports
from oncall.services import calendar_sources, overrides, policies, schedules
from portal.accounts.domain.actors import Actor
from portal.lib import sealing
from portal.lib.errors import DomainError

MOST_NAME = 80
UPDATED = "It was imported before and is brought up to date from now on; what was, stays on record."
EDITED = "It was imported before and edited here since; what the export says takes the place of that, from now on."
UNCHANGED = "It was imported before and says the same; nothing is changed."
NAMED = "A policy of this name is there already; name the key of this one in `wanted` to replace its steps."
REPLACED = "A policy of this name is there already; to make this one replaces its steps."
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One schedule or policy of the export and what becomes of it; `problem` is why it was not made.

    `known_id` is what is there already and would be brought up to date, `meets` what that means.
    """

    key: str
    name: str
    notes: tuple[str, ...]
    definition: Json
    overrides: tuple[Json, ...] = ()
    compared: int = 0
    differences: int = 0
    known_id: str = ""
    meets: str = ""
    made_id: str = ""
    problem: str = ""


def meeting(line: Line, known: Schedule | None) -> Line:
    """The line with what it meets: the schedule of an earlier import, perhaps edited since."""
    if known is None:
        return line
    latest, meets = found_imports.latest_version(known), UPDATED
    if latest is not None and latest.definition == _plain(line.definition):
        meets = UNCHANGED
    elif latest is None or latest.note != found_imports.note_of(line.key):
        meets = EDITED
    return replace(line, meets=meets, known_id=known.public_id)


def make_schedule(
    actor: Actor, team_id: int, line: Line, known: Schedule | None, calendars: Sequence[CalendarLink], now: datetime
) -> tuple[Schedule | None, Line]:
    """The schedule of a line, made or brought up to date, and what could not be."""
    note, definition = found_imports.note_of(line.key), _plain(line.definition)
    try:
        if known is None:
            given: Json = {"team_id": team_id, "name": line.name}
            made = schedules.publish(actor=actor, definition=definition, note=note, now=now, **given)
        else:
            made = _changed(actor, known, definition, note, now)
    except DomainError as error:
        return None, replace(line, problem=told(error))
    notes = [*line.notes, *_set_overrides(actor, made, line.overrides, now)]
    for one in calendars:
        try:
            _set_calendar(actor, made, one, now)
        except DomainError as error:
            notes.append(f"The calendar {one.name} is left out: {told(error)}")
    return made, replace(line, notes=tuple(notes), made_id=made.public_id)


def make_policy(
    actor: Actor,
    team_id: int,
    policy: FoundPolicy,
    ours: Mapping[str, str],
    ids: Mapping[str, int],
    *,
    may_replace: bool,
    now: datetime,
) -> Line:
    """The policy of a line: a new one, or, where that was asked for, other steps for the one of its name."""
    steps, lost = _steps(policy, ours, ids)
    name = policy.name[:MOST_NAME]
    known = found_imports.policies_named(team_id, [name]).get(name)
    line = Line(policy.key, policy.name, (*policy.notes, *lost), {"steps": list(policy.steps)})
    plan = escalation.Plan(steps)
    if known is not None and not may_replace and known.plan != escalation_json.to_snapshot(plan):
        return replace(line, known_id=known.public_id, problem=NAMED)
    try:
        made = _policy(actor, team_id, name, plan, known, now)
    except DomainError as error:
        return replace(line, problem=told(error))
    return replace(line, known_id=known.public_id if known else "", made_id=made.public_id)


def told(error: DomainError) -> str:
    """Why something was refused, in one sentence."""
    first = next((f"{name}: {messages[0]}" for name, messages in error.fields.items()), "")
    return first or error.detail or error.title


def _plain(definition: Json) -> Json:
    return json.loads(json.dumps(definition))  # type: ignore[no-any-return]


def _changed(actor: Actor, schedule: Schedule, definition: Json, note: str, now: datetime) -> Schedule:
    latest = found_imports.latest_version(schedule)
    if latest is not None and latest.definition == definition:
        return schedule
    return schedules.change(actor=actor, schedule=schedule, definition=definition, note=note, now=now)


def _set_overrides(actor: Actor, schedule: Schedule, given: Sequence[Json], now: datetime) -> list[str]:
    """Makes those that lie ahead, and takes back imported ones that the export has no longer."""
    imported = schedule.overrides.filter(reason=found_imports.REASON, ends_at__gt=now)
    there = {_identity(one, now): one for one in imported}
    notes = []
    for one in given:
        start, end = json_fields.moment_of(one["starts_at"]), json_fields.moment_of(one["ends_at"])
        if start is None or end is None or end <= now:
            continue
        replaces = int(one["replaces"]) if one.get("replaces") else None
        fields: Json = {"role": one["role"], "user_id": int(one["person"]), "replaces_id": replaces}
        if there.pop((one["role"], int(one["person"]), replaces, max(start, now), end), None):
            continue
        try:
            fields |= {"starts_at": max(start, now), "ends_at": end, "reason": found_imports.REASON}
            overrides.create_override(actor=actor, schedule=schedule, now=now, **fields)
        except DomainError as error:
            notes.append(f"The override from {one['starts_at']} is left out: {told(error)}")
    for gone in there.values():
        overrides.delete_override(actor=actor, override=gone, now=now)
    return notes


def _identity(override: Override, now: datetime) -> tuple[str, int, int | None, datetime, datetime]:
    starts_at = max(override.starts_at, now)
    return override.role, override.user_id, override.replaces_id, starts_at, override.ends_at


def _set_calendar(actor: Actor, schedule: Schedule, link: CalendarLink, now: datetime) -> None:
    known = schedule.calendar_sources.filter(name=link.name).first()
    if known is not None and sealing.unseal(known.url) == link.url.strip():
        return
    if known is not None:
        calendar_sources.delete_source(actor=actor, source=known, now=now)
    calendar_sources.create_source(
        actor=actor, schedule=schedule, name=link.name, url=link.url, level=link.level, now=now
    )


def _policy(
    actor: Actor, team_id: int, name: str, plan: escalation.Plan, known: EscalationPolicy | None, now: datetime
) -> EscalationPolicy:
    if known is None:
        fields = policies.PolicyFields(name, plan)
        return policies.create_policy(actor=actor, team_id=team_id, fields=fields, now=now)
    if known.plan == escalation_json.to_snapshot(plan):
        return known
    fields = policies.PolicyFields(
        name,
        plan,
        repage_acknowledged=known.repage_acknowledged,
        severities=tuple(known.severities),
        is_default=known.is_default,
    )
    return policies.change_policy(actor=actor, policy=known, fields=fields, expected_version=None, now=now)


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
