"""Time off asks for cover: it moves no shift by itself, each shift in it becomes an offer to the team."""

from datetime import datetime

from django.db import transaction

from oncall.exceptions import SwapOverlaps, TimeOffOver
from oncall.models import Schedule, Swap, TimeOff
from oncall.selectors import duties, schedules
from oncall.services import swaps
from oncall.services.swaps import SwapFields
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from portal.lib.times import rfc3339


@transaction.atomic
def request_time_off(
    *, actor: Actor, user_id: int, starts_at: datetime, ends_at: datetime, reason: str = "", now: datetime
) -> TimeOff:
    """Keeps when a person is away, and offers every shift in it that is not offered yet."""
    if ends_at <= max(starts_at, now):
        raise Invalid(fields={"ends_at": ["It must end after it starts, and not before now."]})
    away = TimeOff.objects.create(user_id=user_id, starts_at=starts_at, ends_at=ends_at, reason=reason, created_at=now)
    audit.record(actor=actor, action="time_off.requested", target=away, after=_facts(away), now=now)
    for schedule in schedules.schedules_with(user_id):
        _ask_for_cover(actor, schedule, away, now)
    return away


@transaction.atomic
def cancel_time_off(*, actor: Actor, time_off: TimeOff, now: datetime) -> TimeOff:
    """Takes it back with the offers that nobody took; what colleagues took stays theirs."""
    away = TimeOff.objects.select_for_update().get(pk=time_off.pk)
    if away.cancelled_at is not None or away.ends_at <= now:
        raise TimeOffOver
    away.cancelled_at = now
    away.save(update_fields=["cancelled_at"])
    for swap in away.swaps.filter(status=Swap.Status.OPEN, ends_at__gt=now):
        swaps.withdraw(actor=actor, swap=swap, now=now)
    audit.record(actor=actor, action="time_off.cancelled", target=away, before=_facts(away), now=now)
    return away


def _ask_for_cover(actor: Actor, schedule: Schedule, away: TimeOff, now: datetime) -> None:
    for shift in duties.held(schedule, away.user_id, max(away.starts_at, now), away.ends_at):
        if _is_offered(schedule, away.user_id, shift.start, shift.end):
            continue
        fields = SwapFields(away.user_id, shift.start, shift.end, role=shift.role, note=away.reason)
        try:
            swaps.offer(actor=actor, schedule=schedule, fields=fields, now=now, time_off=away)
        except SwapOverlaps:
            continue  # a part of this shift is offered already, and the rest is for the person to settle


def _is_offered(schedule: Schedule, user_id: int, start: datetime, end: datetime) -> bool:
    standing = schedule.swaps.filter(person_id=user_id, status__in=[Swap.Status.OPEN, Swap.Status.TAKEN])
    return standing.filter(starts_at__lte=start, ends_at__gte=end).exists()


def _facts(away: TimeOff) -> dict[str, object]:
    return {
        "user_id": away.user_id,
        "starts_at": rfc3339(away.starts_at),
        "ends_at": rfc3339(away.ends_at),
        "reason": away.reason,
    }
