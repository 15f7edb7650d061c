"""One person's duties, swaps and times off, as far as the reader may see them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Schedule, Swap, TimeOff
from oncall.selectors import duties
from portal.lib.errors import NotFound

WEEK = timedelta(weeks=1)


@pytest.fixture
def swap(schedule: Schedule, alice: Any, now: datetime) -> Swap:
    span = {"starts_at": now, "ends_at": now + WEEK, "created_at": now}
    return Swap.objects.create(schedule=schedule, person=alice, **span)


def test_a_persons_shifts_are_cut_to_the_range(schedule: Schedule, bob: Any, now: datetime) -> None:
    found = duties.held(schedule, bob.pk, now, now + WEEK)
    assert [(one.role, one.start == now) for one in found] == [("primary", False), ("secondary", True)]
    assert [one.role for one in duties.held(schedule, bob.pk, now, now + WEEK, role="primary")] == ["primary"]


def test_open_swaps_are_those_that_may_be_taken(swap: Swap, bob: Any, actor_of: Any, now: datetime) -> None:
    assert list(duties.open_swaps(actor_of(bob), now)) == [swap]
    assert not duties.open_swaps(actor_of(bob), now + WEEK)


def test_a_private_swap_is_not_found(swap: Swap, charlie: Any, actor_of: Any) -> None:
    swap.schedule.team.is_private = True
    swap.schedule.team.save()
    with pytest.raises(NotFound):
        duties.get_swap(actor_of(charlie), swap.public_id)


def test_a_time_off_is_its_owners(alice: Any, bob: Any, now: datetime) -> None:
    away = TimeOff.objects.create(user=alice, starts_at=now, ends_at=now + WEEK, created_at=now)
    assert duties.get_time_off(alice.pk, away.public_id) == away
    assert list(duties.away_between([alice.pk, bob.pk], now, now + WEEK)) == [away]
    with pytest.raises(NotFound):
        duties.get_time_off(bob.pk, away.public_id)
