"""Schedules are changed by closing one version and opening the next: who was on call is never rewritten."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from oncall.domain import rotation, wallclock
from oncall.models import Schedule, ScheduleMember, ScheduleVersion
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.services import audit
from portal.lib import times
from portal.lib.errors import Conflict, Invalid, PreconditionFailed


@dataclass(frozen=True, slots=True)
class ScheduleFields:
    """What a manager decides: the first of `member_ids` is primary in the week that runs now, the second secondary."""

    name: str
    zone: str
    handoff_weekday: int
    handoff_time: time
    member_ids: tuple[int, ...]


@transaction.atomic
def create_schedule(*, actor: Actor, team_id: int, fields: ScheduleFields, now: datetime) -> Schedule:
    """Makes a weekly rotation that counts from now on."""
    _check(fields, team_id, earlier=())
    schedule = Schedule(team_id=team_id, name=fields.name.strip())
    _save_named(schedule)
    _open_version(schedule, fields, now)
    audit.record(actor=actor, action="schedule.created", target=schedule, after=asdict(fields), now=now)
    return schedule


@transaction.atomic
def edit_schedule(
    *, actor: Actor, schedule: Schedule, fields: ScheduleFields, expected_version: int | None, now: datetime
) -> Schedule:
    """Closes the current version now and opens another; past shifts stay as they were."""
    schedule = Schedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)
    if expected_version is not None and schedule.version != expected_version:
        raise PreconditionFailed
    current = schedule.versions.filter(effective_until=None).first()
    before = _facts(schedule, current)
    _check(fields, schedule.team_id, earlier=before.get("member_ids", ()))
    if current is not None:
        current.effective_until = max(now, current.effective_from)
        current.save(update_fields=["effective_until"])
    schedule.name, schedule.version = fields.name.strip(), schedule.version + 1
    _save_named(schedule)
    _open_version(schedule, fields, now)
    audit.record(actor=actor, action="schedule.updated", target=schedule, before=before, after=asdict(fields), now=now)
    return schedule


def _open_version(schedule: Schedule, fields: ScheduleFields, now: datetime) -> None:
    local = wallclock.local_time(now, ZoneInfo(fields.zone))
    version = ScheduleVersion.objects.create(
        schedule=schedule,
        zone=fields.zone,
        handoff_weekday=fields.handoff_weekday,
        handoff_time=fields.handoff_time,
        first_handoff_on=rotation.last_handoff(local, fields.handoff_weekday, fields.handoff_time),
        effective_from=now,
    )
    ScheduleMember.objects.bulk_create(
        ScheduleMember(version=version, user_id=user_id, position=place)
        for place, user_id in enumerate(fields.member_ids)
    )


def _check(fields: ScheduleFields, team_id: int, *, earlier: Iterable[int]) -> None:
    errors: dict[str, list[str]] = {}
    known = set(people.team_members(team_id).values_list("pk", flat=True)) | set(earlier)
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


def _save_named(schedule: Schedule) -> None:
    try:
        with transaction.atomic():
            schedule.save()
    except IntegrityError as error:
        raise Conflict(fields={"name": ["The team has a schedule of this name already."]}) from error


def _facts(schedule: Schedule, version: ScheduleVersion | None) -> dict[str, Any]:
    if version is None:
        return {"name": schedule.name}
    members = tuple(version.members.values_list("user_id", flat=True))
    fields = ScheduleFields(schedule.name, version.zone, version.handoff_weekday, version.handoff_time, members)
    return asdict(fields)
