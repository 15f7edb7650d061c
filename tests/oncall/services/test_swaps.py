"""Shifts are given away and taken; the first taker wins."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.exceptions import SwapOverlaps, SwapSettled
from oncall.models import Schedule, Swap
from oncall.selectors import schedules
from oncall.services import swaps
from oncall.services.swaps import SwapFields
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from tests.factories.accounts import member
from tests.factories.oncall import schedule_of

ACTOR = Actor.system("test")
HOUR = timedelta(hours=1)


@pytest.fixture
def cleo(team: Any) -> Any:
    return member(team, "responder")


def offer(schedule: Schedule, person: Any, now: datetime, **changes: Any) -> Swap:
    fields = {"person_id": person.pk, "starts_at": now + HOUR, "ends_at": now + 5 * HOUR} | changes
    return swaps.offer(actor=ACTOR, schedule=schedule, fields=SwapFields(**fields), now=now)


def primary(schedule: Schedule, at: datetime) -> list[str]:
    found = schedules.on_call_of(schedules.schedules_of(schedule.team_id), now=at)
    return [str(one.user) for one in found if one.role == "primary"]


def test_whoever_offers_stays_on_call_until_somebody_takes(
    schedule: Schedule, alice: Any, cleo: Any, now: datetime
) -> None:
    swap = offer(schedule, alice, now)
    assert primary(schedule, now + 2 * HOUR) == ["Alice"]
    swaps.take(actor=ACTOR, swap=swap, taker_id=cleo.pk, now=now)
    assert [primary(schedule, now + hours * HOUR) for hours in (0, 2, 5)] == [["Alice"], [str(cleo)], ["Alice"]]


def test_the_second_taker_is_told(schedule: Schedule, alice: Any, cleo: Any, now: datetime) -> None:
    swap = offer(schedule, alice, now)
    swaps.take(actor=ACTOR, swap=swap, taker_id=cleo.pk, now=now)
    with pytest.raises(SwapSettled):
        swaps.take(actor=ACTOR, swap=swap, taker_id=cleo.pk, now=now)


def test_a_swap_that_runs_is_taken_from_now_on(schedule: Schedule, alice: Any, cleo: Any, now: datetime) -> None:
    swap = offer(schedule, alice, now)
    taken = swaps.take(actor=ACTOR, swap=swap, taker_id=cleo.pk, now=now + 3 * HOUR)
    assert taken.starts_at == now + 3 * HOUR


def test_who_is_on_call_already_cannot_take_a_later_role(
    schedule: Schedule, alice: Any, bob: Any, now: datetime
) -> None:
    swap = offer(schedule, bob, now)
    with pytest.raises(Invalid) as refused:
        swaps.take(actor=ACTOR, swap=swap, taker_id=alice.pk, now=now)
    assert list(refused.value.fields) == ["taker"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"ends_at": timedelta(0)}, "ends_at"), ({"role": "shadow"}, "person"), ({"offered_to_id": 0}, "offered_to")],
    ids=["reversed", "no shift", "a stranger"],
)
def test_what_cannot_be_is_named(
    schedule: Schedule, alice: Any, now: datetime, changes: dict[str, Any], field: str
) -> None:
    given = {name: now + value if isinstance(value, timedelta) else value for name, value in changes.items()}
    with pytest.raises(Invalid) as refused:
        offer(schedule, alice, now, **given)
    assert list(refused.value.fields) == [field]


def test_an_offer_to_one_is_for_that_one(schedule: Schedule, alice: Any, bob: Any, cleo: Any, now: datetime) -> None:
    swap = offer(schedule, alice, now, offered_to_id=bob.pk)
    with pytest.raises(Invalid):
        swaps.take(actor=ACTOR, swap=swap, taker_id=cleo.pk, now=now)


def test_the_same_time_is_given_away_once(schedule: Schedule, alice: Any, now: datetime) -> None:
    offer(schedule, alice, now)
    with pytest.raises(SwapOverlaps):
        offer(schedule, alice, now)


def test_what_lies_ahead_is_taken_back(schedule: Schedule, alice: Any, cleo: Any, now: datetime) -> None:
    swaps.take(actor=ACTOR, swap=offer(schedule, alice, now), taker_id=cleo.pk, now=now)
    swaps.withdraw(actor=ACTOR, swap=Swap.objects.get(), now=now + 3 * HOUR)
    assert [primary(schedule, now + hours * HOUR) for hours in (2, 4)] == [[str(cleo)], ["Alice"]]
    with pytest.raises(SwapSettled):
        swaps.withdraw(actor=ACTOR, swap=Swap.objects.get(), now=now + 6 * HOUR)


def test_an_offer_expires_with_its_time(schedule: Schedule, alice: Any, now: datetime) -> None:
    offer(schedule, alice, now)
    assert [swaps.expire_due(now=now + hours * HOUR) for hours in (4, 5, 5)] == [0, 1, 0]
    assert Swap.objects.get().status == "expired"


def test_each_step_is_audited(team: Any, alice: Any, bob: Any, cleo: Any, now: datetime) -> None:
    schedule = schedule_of(alice, bob, team=team)
    swaps.take(actor=ACTOR, swap=offer(schedule, alice, now), taker_id=cleo.pk, now=now)
    swaps.withdraw(actor=ACTOR, swap=Swap.objects.get(), now=now)
    actions = AuditEntry.objects.order_by("pk").values_list("action", "team_id")
    assert list(actions) == [(f"swap.{verb}", team.pk) for verb in ("offered", "taken", "withdrawn")]
