"""Many alerts are decided about as one is, with what was read once for all of them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oncall.domain.signals import Signal
from oncall.models import Alert, Integration
from oncall.services import taking
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import InhibitionFactory, IntegrationFactory, PolicyFactory, RouteFactory, SilenceFactory

SIGNAL = Signal("disk", title="Free the disk")


@pytest.fixture
def door(team: Any) -> Integration:
    PolicyFactory(team=team)
    made: Integration = IntegrationFactory(team=team, group_by=["rack"])
    return made


def storm(count: int, name: str = "k", **changes: Any) -> list[Signal]:
    """So many alerts in two racks."""
    racks = [{"rack": f"{name}{number % 2}"} for number in range(count)]
    return [replace(SIGNAL, dedup_key=f"{name}{at}", labels=rack, **changes) for at, rack in enumerate(racks)]


def queries(door: Integration, said: Sequence[Signal], now: datetime) -> int:
    with CaptureQueriesContext(connection) as found:
        taking.apply_all(said, integration=door, now=now)
    return len(found)


@pytest.mark.parametrize("group_by", [["rack"], []], ids=["grouped", "alone"])
def test_ten_times_the_alerts_cost_the_same_queries(door: Integration, now: datetime, group_by: list[str]) -> None:
    door.group_by = group_by
    few, many = storm(4), storm(40, "m")
    opened = [queries(door, said, now) for said in (few, many)]
    joined = [queries(door, said, now) for said in (few, many)]
    ended = [queries(door, [replace(one, status="resolved") for one in said], now) for said in (few, many)]
    assert [max(one) for one in (opened, joined, ended)] == [opened[0], joined[0], ended[0]]
    assert not Alert.objects.open().exists()


def rules_of(team: Any) -> None:
    """A silence, an inhibition, and a route that pages again."""
    PolicyFactory(team=team, severities=["critical", "warning"])
    RouteFactory(team=team, repages=True, matchers=[{"name": "rack", "op": "=", "value": "a"}])
    SilenceFactory(
        team=team, matchers=[{"name": "pod", "op": "=", "value": "a"}, {"name": "rack", "op": "=", "value": "b"}]
    )
    sides = {name: [{"name": "kind", "op": "=~", "value": value}] for name, value in (("source", "a"), ("target", "b"))}
    InhibitionFactory(team=team, equal=["rack"], **sides)


def seen(source: str) -> list[tuple[Any, ...]]:
    """What became of the alerts of a source, in words that do not depend on ids."""
    return [
        (
            *(one.dedup_key, one.status, one.severity, one.held_by, one.joined_count, one.version),
            one.lead and one.lead.dedup_key,
            one.inhibited_by and one.inhibited_by.dedup_key,
            [run.status for run in one.runs.order_by("pk")],
            [(event.kind, event.detail, event.actor) for event in one.events.order_by("pk")],
        )
        for one in Alert.objects.filter(source=source).order_by("pk")
    ]


def any_signal(dice: random.Random) -> Signal:
    status = dice.choice(["firing", "firing", "firing", "resolved", "resolved", "acknowledged"])
    labels = {name: dice.choice("ab") for name in ("rack", "kind", "pod")}
    severity = dice.choice(["critical", "warning", "info"])
    return Signal(f"k{dice.randrange(9)}", status, dice.choice(["Old", "New"]), severity, labels=labels)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [2, 3, 5, 6, 10])
def test_a_batch_decides_as_one_by_one(now: datetime, seed: int) -> None:
    dice, found = random.Random(seed), []
    said, size = [any_signal(dice) for _ in range(60)], dice.choice([7, 20, 60])
    for each in (1, size):
        team = TeamFactory(slug=f"team-{each}")
        rules_of(team)
        door = IntegrationFactory(team=team, key_hash=str(each), group_by=["pod"])
        for at in range(0, len(said), each):
            taking.apply_all(said[at : at + each], integration=door, now=now)
        found.append(seen(door.public_id))
    assert found[0] == found[1]
