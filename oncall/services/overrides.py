"""Overrides: somebody else holds a role for a while. The past is never touched."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from oncall.exceptions import OverrideIsPast, OverrideOverlaps
from oncall.models import Override, Schedule
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from portal.lib.times import rfc3339

GRACE = timedelta(minutes=10)


@transaction.atomic
def create_override(
    *,
    actor: Actor,
    schedule: Schedule,
    role: str,
    user_id: int,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
    replaces_id: int | None = None,
    now: datetime,
) -> Override:
    """Gives `role` to the person in `[starts_at, ends_at)`; a start up to ten minutes ago means now.

    It takes the role from everybody in it, or from the person `replaces_id` alone.
    """
    _check(schedule, user_id, starts_at, ends_at, now, replaces_id)
    override = Override(
        schedule=schedule,
        role=role,
        user_id=user_id,
        starts_at=max(starts_at, now),
        ends_at=ends_at,
        reason=reason,
        replaces_id=replaces_id,
        created_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            override.save()
    except IntegrityError as error:
        raise OverrideOverlaps from error
    audit.record(actor=actor, action="override.created", target=override, after=_facts(override), now=now)
    return override


@transaction.atomic
def delete_override(*, actor: Actor, override: Override, now: datetime) -> None:
    """Takes back what lies ahead: an override that runs ends now, one to come goes away, one that is over stays."""
    override = Override.objects.select_for_update(of=("self",)).get(pk=override.pk)
    if override.ends_at <= now:
        raise OverrideIsPast
    audit.record(actor=actor, action="override.deleted", target=override, before=_facts(override), now=now)
    if override.starts_at < now:
        override.ends_at = now
        override.save(update_fields=["ends_at"])
    else:
        override.delete()


def _check(
    schedule: Schedule, user_id: int, starts_at: datetime, ends_at: datetime, now: datetime, replaces_id: int | None
) -> None:
    errors = {}
    if replaces_id == user_id:
        errors["replaces"] = ["Somebody cannot replace themselves."]
    if starts_at < now - GRACE:
        errors["starts_at"] = ["This lies in the past; who was on call is never rewritten."]
    if ends_at <= max(starts_at, now):
        errors["ends_at"] = ["It must end after it starts, and not before now."]
    if not people.team_members(schedule.team_id).filter(pk=user_id).exists():
        errors["user"] = ["This person is not an active member of the team."]
    if errors:
        raise Invalid(fields=errors)


def _facts(override: Override) -> dict[str, object]:
    return {
        "role": override.role,
        "user_id": override.user_id,
        "replaces_id": override.replaces_id,
        "starts_at": rfc3339(override.starts_at),
        "ends_at": rfc3339(override.ends_at),
        "reason": override.reason,
    }
