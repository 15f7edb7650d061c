"""Many alerts are decided about as one is, with what was read once for all of them."""

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
from portal.accounts.domain.actors import Actor
from tests.factories.oncall import IntegrationFactory, PolicyFactory

PERSON = Actor(kind="user", label="Alice")
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
