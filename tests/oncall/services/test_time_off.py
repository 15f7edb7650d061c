"""Time off asks for cover."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.exceptions import TimeOffOver
from oncall.models import Schedule, Swap, TimeOff
from oncall.services import time_off
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid

ACTOR = Actor.system("test")
WEEK = timedelta(weeks=1)


def away(user: Any, now: datetime, length: timedelta = 2 * WEEK) -> TimeOff:
    span = {"starts_at": now, "ends_at": now + length}
    return time_off.request_time_off(actor=ACTOR, user_id=user.pk, reason="Holiday", now=now, **span)


def test_each_shift_in_it_is_offered(schedule: Schedule, alice: Any, now: datetime) -> None:
    away(alice, now)
    found = [(swap.role, swap.starts_at, swap.status) for swap in Swap.objects.order_by("starts_at")]
    monday = datetime.fromisoformat("2026-03-09T09:00:00+00:00")
    expected = [("primary", now), ("secondary", monday), ("primary", monday + WEEK)]
    assert found == [(role, start, "open") for role, start in expected]


def test_what_is_offered_already_is_not_offered_again(schedule: Schedule, alice: Any, now: datetime) -> None:
    away(alice, now)
    away(alice, now)
    assert Swap.objects.count() == 3


def test_cancelling_takes_the_offers_back(schedule: Schedule, alice: Any, now: datetime) -> None:
    time_off.cancel_time_off(actor=ACTOR, time_off=away(alice, now), now=now)
    assert set(Swap.objects.values_list("status", flat=True)) == {"withdrawn"}
    with pytest.raises(TimeOffOver):
        time_off.cancel_time_off(actor=ACTOR, time_off=TimeOff.objects.get(), now=now)


def test_a_reversed_span_is_named(alice: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        away(alice, now, -WEEK)
    assert list(refused.value.fields) == ["ends_at"]


def test_who_is_on_no_schedule_asks_for_nothing(schedule: Schedule, vera: Any, now: datetime) -> None:
    away(vera, now)
    assert not Swap.objects.exists()
