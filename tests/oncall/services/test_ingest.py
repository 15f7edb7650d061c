"""Alerts from machines."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain.json_events import JsonEvent
from oncall.exceptions import KeyUnknown
from oncall.models import Alert, Integration
from oncall.services import ingest
from tests.factories.oncall import IntegrationFactory

EVENT = JsonEvent("Free the disk", "critical", "firing", "disk")


@pytest.fixture
def door(team: Any, service: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team, service=service)
    return made


def test_an_event_opens_an_alert_of_the_doors_team_and_service(door: Integration, now: datetime) -> None:
    alert = ingest.take_event(integration=door, event=EVENT, now=now)
    assert alert is not None
    assert (alert.team, alert.service, alert.source) == (door.team, door.service, door.public_id)


def test_a_repeat_joins(door: Integration, now: datetime) -> None:
    for _ in range(3):
        ingest.take_event(integration=door, event=EVENT, now=now)
    assert Alert.objects.get().joined_count == 2


@pytest.mark.parametrize("status", ["acknowledged", "resolved"])
def test_the_sender_may_acknowledge_and_resolve(door: Integration, now: datetime, status: str) -> None:
    ingest.take_event(integration=door, event=EVENT, now=now)
    alert = ingest.take_event(integration=door, event=replace(EVENT, status=status), now=now)
    assert alert is not None
    assert alert.status == status


@pytest.mark.parametrize("status", ["acknowledged", "resolved"])
def test_what_is_not_open_is_dropped(door: Integration, now: datetime, status: str) -> None:
    assert ingest.take_event(integration=door, event=replace(EVENT, status=status), now=now) is None


def test_two_doors_may_use_the_same_key(door: Integration, team: Any, now: datetime) -> None:
    other = IntegrationFactory(team=team, key_hash="other")
    for one in (door, other):
        ingest.take_event(integration=one, event=EVENT, now=now)
    assert Alert.objects.count() == 2


def test_an_unknown_and_a_revoked_key_open_nothing(door: Integration, now: datetime) -> None:
    Integration.objects.update(revoked_at=now)
    for key in ("k" + 31 * "1", "nonsense"):
        with pytest.raises(KeyUnknown):
            ingest.integration_of(key)


def test_the_last_use_is_kept_to_the_minute(door: Integration, now: datetime) -> None:
    for seconds in (0, 30, 90):
        ingest.take_event(integration=Integration.objects.get(), event=EVENT, now=now + timedelta(seconds=seconds))
    assert Integration.objects.get().last_used_at == now + timedelta(seconds=90)
