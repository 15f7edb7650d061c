"""Temporary schedules: fixed shifts take the place of all layers for a while, through every version of that time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from oncall.domain import json_fields
from oncall.models import Schedule
from oncall.selectors import schedules as found_schedules
from oncall.services import schedules
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Conflict, Invalid, NotFound
from portal.lib.times import rfc3339

Entry = dict[str, Any]
Edit = Callable[[list[Entry]], list[Entry]]


@dataclass(frozen=True, slots=True)
class FixedShift:
    """`user_ids` hold `role` together in `[starts_at, ends_at)`."""

    role: str
    user_ids: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def add_temporary(
    *,
    actor: Actor,
    schedule: Schedule,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    shifts: list[FixedShift],
    now: datetime,
) -> Schedule:
    """Puts `shifts` in the place of all layers in `[starts_at, ends_at)`; a start that has passed means now.

    A name stands once among the temporary schedules of a schedule.
    """
    starts_at = max(starts_at, now)
    if ends_at <= starts_at:
        raise Invalid(fields={"ends_at": ["It must end after it starts, and not before now."]})
    entry = {
        "name": name.strip(),
        "starts_at": rfc3339(starts_at),
        "ends_at": rfc3339(ends_at),
        "shifts": [_shown(one) for one in shifts],
    }
    if any(one.get("name") == entry["name"] for one in temporaries(schedule, now)):
        raise Conflict(fields={"name": ["There is a temporary schedule of this name already."]})
    return _edit_all(actor, schedule, lambda held: [*held, entry], f"Temporary: {name.strip()}"[:200], now)


@transaction.atomic
def end_temporary(*, actor: Actor, schedule: Schedule, name: str, now: datetime) -> Schedule:
    """Takes back what lies ahead of a temporary schedule: one that runs ends now, one to come goes away."""
    if not any(one.get("name") == name for one in temporaries(schedule, now)):
        raise NotFound("There is no such temporary schedule ahead.")

    def without(held: list[Entry]) -> list[Entry]:
        kept = [_ended(one, now) if one.get("name") == name else one for one in held]
        return [one for one in kept if one is not None]

    return _edit_all(actor, schedule, without, f"Temporary ended: {name}"[:200], now)


def temporaries(schedule: Schedule, now: datetime) -> list[Entry]:
    """The temporary schedules that are not over, as the definition that counts has them."""
    version = found_schedules.current_version(schedule, now)
    held: list[Entry] = list((version.definition if version else {}).get("temporary") or [])
    return [one for one in held if (end := json_fields.moment_of(one.get("ends_at"))) is not None and end > now]


def _edit_all(actor: Actor, schedule: Schedule, edit: Edit, note: str, now: datetime) -> Schedule:
    """Writes the change into the version that counts and into each that is planned."""
    fresh = Schedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)
    current = found_schedules.current_version(fresh, now)
    if current is None:
        raise Conflict("This schedule does not count yet; publish its layers first.")
    for version, at in [(current, now), *((one, one.effective_from) for one in _coming(fresh, now))]:
        definition = {**version.definition, "temporary": edit(list(version.definition.get("temporary") or []))}
        fresh = schedules.change(
            actor=actor, schedule=fresh, definition=definition, note=note, effective_from=at, now=now
        )
    return fresh


def _coming(schedule: Schedule, now: datetime) -> list[Any]:
    return found_schedules.coming_versions(schedule, now)


def _ended(entry: Entry, now: datetime) -> Entry | None:
    starts_at = json_fields.moment_of(entry.get("starts_at"))
    return {**entry, "ends_at": rfc3339(now)} if starts_at is not None and starts_at < now else None


def _shown(shift: FixedShift) -> Entry:
    return {
        "role": shift.role,
        "people": [str(user_id) for user_id in shift.user_ids],
        "starts_at": rfc3339(shift.starts_at),
        "ends_at": rfc3339(shift.ends_at),
    }
