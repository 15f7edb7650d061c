"""Senders that must be heard of."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert, Integration
from oncall.services import silent_senders
from tests.factories.oncall import IntegrationFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def door(team: Any, now: datetime) -> Integration:
    made: Integration = IntegrationFactory(team=team, settings={"silent_after_minutes": 10}, last_used_at=now)
    return made


def test_whoever_is_silent_too_long_is_one_alert(door: Integration, now: datetime) -> None:
    moved = [silent_senders.watch_silent_due(now=now + minutes * MINUTE) for minutes in (10, 11, 12)]
    alert = Alert.objects.get()
    assert (moved, alert.severity, alert.title) == ([0, 1, 0], "critical", "Look why Prometheus is silent")


def test_whoever_speaks_again_is_well(door: Integration, now: datetime) -> None:
    silent_senders.watch_silent_due(now=now + 11 * MINUTE)
    Integration.objects.update(last_used_at=now + 12 * MINUTE)
    silent_senders.watch_silent_due(now=now + 13 * MINUTE)
    assert Alert.objects.get().status == "resolved"


def test_nothing_is_expected_of_the_others(door: Integration, now: datetime) -> None:
    Integration.objects.update(settings={})
    assert silent_senders.watch_silent_due(now=now + timedelta(days=9)) == 0
