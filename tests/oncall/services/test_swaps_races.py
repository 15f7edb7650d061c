"""Two at the same offer, with real transactions: exactly one wins, and the other is told."""

from datetime import timedelta
from typing import Any

import pytest

from oncall.models import Schedule, Swap
from oncall.services import swaps
from oncall.services.swaps import SwapFields
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from tests.factories.accounts import TeamFactory, member
from tests.factories.oncall import NOON, schedule_of
from tests.races import outcomes

SYSTEM = Actor.system("test")
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rotation() -> Schedule:
    """Two people in turns, and two colleagues who are in no rotation."""
    team = TeamFactory()
    people = [member(team, "responder") for _ in range(4)]
    return schedule_of(*people[:2], team=team)


def person(rotation: Schedule, number: int) -> Any:
    return list(rotation.team.memberships.order_by("pk"))[number].user


def offer(rotation: Schedule, number: int, role: str = "") -> Swap:
    fields = SwapFields(person(rotation, number).pk, NOON + HOUR, NOON + 5 * HOUR, role=role)
    return swaps.offer(actor=SYSTEM, schedule=rotation, fields=fields, now=NOON)


def take(swap: Swap, taker: Any) -> Swap:
    return swaps.take(actor=SYSTEM, swap=swap, taker_id=taker.pk, now=NOON)


def test_of_two_takers_of_one_swap_exactly_one_wins(rotation: Schedule) -> None:
    swap, takers = offer(rotation, 0), [person(rotation, number) for number in (2, 3)]
    assert outcomes(*[lambda one=one: take(swap, one) for one in takers]) == ["done", "swap-settled 409"]
    swap.refresh_from_db()
    assert (swap.status, swap.taker in takers) == ("taken", True)
    assert AuditEntry.objects.filter(action="swap.taken").count() == 1


def test_a_swap_is_taken_or_withdrawn_and_never_both(rotation: Schedule) -> None:
    swap, taker = offer(rotation, 0), person(rotation, 2)
    withdraw = lambda: swaps.withdraw(actor=SYSTEM, swap=swap, now=NOON)  # noqa: E731 - one of two calls
    ends = outcomes(lambda: take(swap, taker), withdraw)
    swap.refresh_from_db()
    assert (ends, swap.status) in [(["done", "done"], "withdrawn"), (["done", "swap-settled 409"], "withdrawn")]


def test_the_same_shift_offered_twice_at_once_is_one_offer(rotation: Schedule) -> None:
    assert outcomes(*[lambda: offer(rotation, 0)] * 2) == ["done", "swap-overlaps 409"]
    assert Swap.objects.count() == 1
