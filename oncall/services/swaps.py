"""Swaps: somebody gives shifts away, a colleague takes them. Two takers of one swap cannot both win."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from oncall.exceptions import SwapOverlaps, SwapSettled
from oncall.models import Schedule, Swap, TimeOff
from oncall.selectors import duties
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from portal.lib.times import rfc3339

NO_MEMBER = "This person is not an active member of the team."


@dataclass(frozen=True, slots=True)
class SwapFields:
    """What is given away: `role` empty means any; `offered_to_id` asks one colleague alone."""

    person_id: int
    starts_at: datetime
    ends_at: datetime
    role: str = ""
    offered_to_id: int | None = None
    note: str = ""


@transaction.atomic
def offer(
    *, actor: Actor, schedule: Schedule, fields: SwapFields, now: datetime, time_off: TimeOff | None = None
) -> Swap:
    """Offers the shifts of a person; they stay on call until somebody takes them. A start that has passed means now."""
    _check(schedule, fields, now)
    swap = Swap(
        schedule=schedule,
        role=fields.role,
        person_id=fields.person_id,
        offered_to_id=fields.offered_to_id,
        time_off=time_off,
        starts_at=max(fields.starts_at, now),
        ends_at=fields.ends_at,
        note=fields.note,
        created_at=now,
    )
    try:
        with transaction.atomic():
            swap.save()
    except IntegrityError as error:
        raise SwapOverlaps from error
    audit.record(actor=actor, action="swap.offered", target=swap, after=_facts(swap), now=now)
    return swap


@transaction.atomic
def take(*, actor: Actor, swap: Swap, taker_id: int, now: datetime) -> Swap:
    """Gives the shifts to the taker, from now on where the swap has begun meanwhile; SwapSettled when it is too late.

    Refused for whoever is on call in that time already, unless they give that away in turn.
    """
    locked = _locked(swap)
    if locked.status != Swap.Status.OPEN or locked.ends_at <= now:
        raise SwapSettled
    _check_taker(locked, taker_id)
    before = _facts(locked)
    locked.status, locked.taker_id, locked.settled_at = Swap.Status.TAKEN, taker_id, now
    locked.starts_at = max(locked.starts_at, now)
    locked.save(update_fields=["status", "taker", "settled_at", "starts_at"])
    audit.record(actor=actor, action="swap.taken", target=locked, before=before, after=_facts(locked), now=now)
    return locked


@transaction.atomic
def withdraw(*, actor: Actor, swap: Swap, now: datetime) -> Swap:
    """Takes back what lies ahead: one that is taken and runs ends now; what is past is never rewritten."""
    locked = _locked(swap)
    if locked.status not in (Swap.Status.OPEN, Swap.Status.TAKEN) or locked.ends_at <= now:
        raise SwapSettled
    before = _facts(locked)
    if locked.status == Swap.Status.TAKEN and locked.starts_at < now:
        locked.ends_at = now
    else:
        locked.status = Swap.Status.WITHDRAWN
    locked.settled_at = now
    locked.save(update_fields=["status", "settled_at", "ends_at"])
    audit.record(actor=actor, action="swap.withdrawn", target=locked, before=before, after=_facts(locked), now=now)
    return locked


def expire_due(*, now: datetime) -> int:
    """Ends the offers whose time is over and that nobody took. Repeats do nothing."""
    due = Swap.objects.filter(status=Swap.Status.OPEN, ends_at__lte=now)
    return due.update(status=Swap.Status.EXPIRED, settled_at=now)


def _locked(swap: Swap) -> Swap:
    return Swap.objects.select_for_update(of=("self",)).select_related("schedule__team").get(pk=swap.pk)


def _check(schedule: Schedule, fields: SwapFields, now: datetime) -> None:
    errors: dict[str, list[str]] = {}
    start = max(fields.starts_at, now)
    if fields.ends_at <= start:
        errors["ends_at"] = ["It must end after it starts, and not before now."]
    elif not duties.held(schedule, fields.person_id, start, fields.ends_at, role=fields.role):
        errors["person"] = ["This person has no shift in that time."]
    if fields.offered_to_id is not None:
        if fields.offered_to_id == fields.person_id:
            errors["offered_to"] = ["Choose somebody else."]
        elif not people.team_members(schedule.team_id).filter(pk=fields.offered_to_id).exists():
            errors["offered_to"] = [NO_MEMBER]
    if errors:
        raise Invalid(fields=errors)


def _check_taker(swap: Swap, taker_id: int) -> None:
    schedule = swap.schedule
    if taker_id == swap.person_id or swap.offered_to_id not in (None, taker_id):
        raise Invalid(fields={"taker": ["This is offered to somebody else."]})
    if not people.team_members(schedule.team_id).filter(pk=taker_id).exists():
        raise Invalid(fields={"taker": [NO_MEMBER]})
    if duties.held_after(schedule, swap, taker_id):
        raise Invalid(fields={"taker": ["This person is on call in that time already."]})


def _facts(swap: Swap) -> dict[str, object]:
    return {
        "person_id": swap.person_id,
        "taker_id": swap.taker_id,
        "role": swap.role,
        "starts_at": rfc3339(swap.starts_at),
        "ends_at": rfc3339(swap.ends_at),
        "status": swap.status,
    }
