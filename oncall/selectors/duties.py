"""When one person is on call, and what of it nobody has taken over yet."""

from datetime import datetime

from django.db.models import Q, QuerySet

from oncall.domain import resolver
from oncall.domain.resolver import Segment
from oncall.models import Schedule, Swap, TimeOff
from oncall.selectors import planning, schedules
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound


def held(schedule: Schedule, user_id: int, start: datetime, end: datetime, *, role: str = "") -> list[Segment]:
    """The shifts of a person in `[start, end)`, cut to it, by role and time; in `role` alone where it is given."""
    key = str(user_id)
    return [
        one for one in schedules.segments(schedule, start, end) if key in one.people and (not role or one.role == role)
    ]


def held_after(schedule: Schedule, swap: Swap, taker_id: int) -> list[Segment]:
    """What the person of `swap` would still hold in its time if `taker_id` took it: nothing, where it can be taken."""
    given, overrides, swaps = planning.inputs(schedule, swap.starts_at, swap.ends_at)
    taken = resolver.Swap(str(swap.person_id), str(taker_id), swap.starts_at, swap.ends_at, swap.role)
    before = resolver.resolve(given, overrides, swap.starts_at, swap.ends_at, swaps=swaps)
    after = resolver.resolve(given, overrides, swap.starts_at, swap.ends_at, swaps=[*swaps, taken])
    roles = {one.role for one in before if str(swap.person_id) in one.people and swap.role in ("", one.role)}
    return [one for one in after if str(swap.person_id) in one.people and one.role in roles]


def swaps(actor: Actor) -> QuerySet[Swap]:
    """The swaps that `actor` may see, of schedules that are not archived."""
    visible = Swap.objects.visible_to(actor).filter(schedule__archived_at=None)
    return visible.select_related("schedule__team", "person", "taker", "offered_to")


def open_swaps(actor: Actor, now: datetime) -> QuerySet[Swap]:
    """The offers that somebody may still take, the soonest first."""
    return swaps(actor).filter(status=Swap.Status.OPEN, ends_at__gt=now).order_by("starts_at", "pk")


def get_swap(actor: Actor, public_id: str) -> Swap:
    """One swap, or NotFound."""
    found = swaps(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such swap, or you may not see it.")
    return found


def times_off(user_id: int, since: datetime) -> QuerySet[TimeOff]:
    """The times off of a person that end after `since` and are not cancelled, the soonest first."""
    return TimeOff.objects.filter(user_id=user_id, cancelled_at=None, ends_at__gt=since).prefetch_related("swaps")


def away_between(user_ids: list[int], start: datetime, end: datetime) -> QuerySet[TimeOff]:
    """Who of these people is away somewhere in `[start, end)`."""
    return TimeOff.objects.filter(Q(starts_at__lt=end, ends_at__gt=start), user__in=user_ids, cancelled_at=None)


def get_time_off(user_id: int, public_id: str) -> TimeOff:
    """One time off of that person, or NotFound."""
    found = TimeOff.objects.filter(user_id=user_id, public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such time off of yours.")
    return found
