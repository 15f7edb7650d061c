"""Schedules are changed by closing one version and opening the next: who was on call is never rewritten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from oncall.domain import definition_people, definitions, rotation, templates, wallclock
from oncall.exceptions import VersionCounts
from oncall.models import Schedule, ScheduleMember, ScheduleVersion
from oncall.services import uses, versions
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.services import audit
from portal.lib import times
from portal.lib.errors import Conflict, Invalid, PreconditionFailed

Definition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScheduleFields:
    """A weekly rotation: the first of `member_ids` is primary in the week that runs now, the second secondary."""

    name: str
    zone: str
    handoff_weekday: int
    handoff_time: time
    member_ids: tuple[int, ...]


def create_schedule(*, actor: Actor, team_id: int, fields: ScheduleFields, now: datetime) -> Schedule:
    """Makes a weekly rotation that counts from now on."""
    _check_weekly(fields, team_id, earlier=())
    return publish(actor=actor, team_id=team_id, name=fields.name, definition=_weekly(fields, now), now=now)


def edit_schedule(
    *, actor: Actor, schedule: Schedule, fields: ScheduleFields, expected_version: int | None, now: datetime
) -> Schedule:
    """Makes it a weekly rotation from now on; past shifts stay as they were."""
    _check_weekly(fields, schedule.team_id, earlier=_named(schedule))
    return change(
        actor=actor,
        schedule=schedule,
        name=fields.name,
        definition=_weekly(fields, now),
        expected_version=expected_version,
        now=now,
    )


@transaction.atomic
def publish(
    *, actor: Actor, team_id: int, name: str, definition: Definition, note: str = "", now: datetime
) -> Schedule:
    """Makes a schedule of any `definition` that counts from now on; Invalid names its fields by path."""
    _check(definition, team_id, earlier=())
    schedule = Schedule(team_id=team_id, name=name.strip())
    _save_named(schedule)
    _open(schedule, definition, note, actor, (now, None))
    audit.record(actor=actor, action="schedule.created", target=schedule, after=_facts(name, definition, now), now=now)
    return schedule


@transaction.atomic
def change(
    *,
    actor: Actor,
    schedule: Schedule,
    definition: Definition,
    name: str | None = None,
    note: str = "",
    effective_from: datetime | None = None,
    expected_version: int | None = None,
    now: datetime,
) -> Schedule:
    """Opens a version at `effective_from`, now where it is missing, that lasts until the next planned one.

    What counted before, and versions planned for later, stay as they are. A moment that has passed means now.
    """
    schedule = _locked(schedule, expected_version)
    _check(definition, schedule.team_id, earlier=_named(schedule))
    at = max(effective_from or now, now)
    replaced = versions.covering(schedule, at)
    before = _facts(schedule.name, replaced.definition, at) if replaced else {"name": schedule.name}
    schedule.name = schedule.name if name is None else name.strip()
    schedule.version += 1
    _save_named(schedule)
    until = versions.close_at(schedule, at)
    _open(schedule, definition, note, actor, (at, until))
    after = _facts(schedule.name, definition, at)
    audit.record(actor=actor, action="schedule.updated", target=schedule, before=before, after=after, now=now)
    return schedule


@transaction.atomic
def withdraw_version(*, actor: Actor, schedule: Schedule, version_id: int, now: datetime) -> Schedule:
    """Takes back a version that is planned and does not count yet; the one before it goes on."""
    schedule = _locked(schedule, None)
    version = schedule.versions.get(pk=version_id)
    if version.effective_from <= now or versions.is_void(version):
        raise VersionCounts
    versions.withdraw(schedule, version)
    schedule.version += 1
    schedule.save(update_fields=["version"])
    before = _facts(schedule.name, version.definition, version.effective_from)
    audit.record(actor=actor, action="schedule.version_withdrawn", target=schedule, before=before, now=now)
    return schedule


@transaction.atomic
def archive(*, actor: Actor, schedule: Schedule, now: datetime) -> None:
    """Puts nobody on call any more; what was recorded stays. One that a policy names stays in force."""
    schedule = _locked(schedule, None)
    if schedule.archived_at is None:
        uses.refuse_while_named(actor=actor, kind="schedule", key=schedule.pk)
        schedule.archived_at = now
        schedule.version += 1
        schedule.save(update_fields=["archived_at", "version"])
        audit.record(actor=actor, action="schedule.archived", target=schedule, before={"name": schedule.name}, now=now)


@transaction.atomic
def set_expectations(*, actor: Actor, schedule: Schedule, text: str, now: datetime) -> Schedule:
    """Keeps the responsibilities and response times in the team's own words."""
    schedule = _locked(schedule, None)
    before, schedule.expectations = schedule.expectations, text
    schedule.save(update_fields=["expectations"])
    told = {"before": {"expectations": before}, "after": {"expectations": text}}
    audit.record(actor=actor, action="schedule.expectations", target=schedule, now=now, **told)
    return schedule


def _locked(schedule: Schedule, expected_version: int | None) -> Schedule:
    locked = Schedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    return locked


def _open(
    schedule: Schedule, definition: Definition, note: str, actor: Actor, span: tuple[datetime, datetime | None]
) -> None:
    version = ScheduleVersion.objects.create(
        schedule=schedule,
        zone=definition.get("time_zone") or "UTC",
        definition=definition,
        note=note,
        created_by_id=actor.user_id,
        effective_from=span[0],
        effective_until=span[1],
    )
    ScheduleMember.objects.bulk_create(
        ScheduleMember(version=version, user_id=int(person), position=place)
        for place, person in enumerate(definitions.people_of(definition))
    )


def _check(definition: Definition, team_id: int, *, earlier: Collection[int]) -> None:
    problems = definitions.problems(definition)
    if not problems:
        known = {str(pk) for pk in {*people.team_members(team_id).values_list("pk", flat=True), *earlier}}
        problems = {
            path: ["Everybody in a schedule must be an active member of the team."]
            for path, person in definition_people.named(definition)
            if person not in known
        }
    if problems:
        raise Invalid(fields={f"definition.{path}": messages for path, messages in problems.items()})


def _check_weekly(fields: ScheduleFields, team_id: int, *, earlier: Collection[int]) -> None:
    errors: dict[str, list[str]] = {}
    known = {*people.team_members(team_id).values_list("pk", flat=True), *earlier}
    if not fields.member_ids:
        errors["members"] = ["Choose at least one person."]
    elif len(set(fields.member_ids)) != len(fields.member_ids):
        errors["members"] = ["Each person has one place in the order."]
    elif not known.issuperset(fields.member_ids):
        errors["members"] = ["Everybody in the rotation must be an active member of the team."]
    if fields.zone not in times.zone_names():
        errors["time_zone"] = ["This is not an IANA time zone."]
    if errors:
        raise Invalid(fields=errors)


def _weekly(fields: ScheduleFields, now: datetime) -> Definition:
    local = wallclock.local_time(now, ZoneInfo(fields.zone))
    first = rotation.last_handoff(local, fields.handoff_weekday, fields.handoff_time)
    people_in_order = [str(user_id) for user_id in fields.member_ids]
    return templates.weekly(fields.zone, datetime.combine(first, fields.handoff_time), people_in_order)


def _named(schedule: Schedule) -> set[int]:
    """Everybody whom the schedule has named so far; who left the team may stay in an order and not enter one."""
    return set(ScheduleMember.objects.filter(version__schedule=schedule).values_list("user_id", flat=True))


def _save_named(schedule: Schedule) -> None:
    try:
        with transaction.atomic():
            schedule.save()
    except IntegrityError as error:
        raise Conflict(fields={"name": ["The team has a schedule of this name already."]}) from error


def _facts(name: str, definition: Definition, effective_from: datetime) -> dict[str, Any]:
    return {"name": name, "definition": definition, "effective_from": times.rfc3339(effective_from)}
