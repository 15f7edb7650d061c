"""The ticks of capacity: each finds its work by itself and may be repeated."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from oncall.models import Alert
from portal import beat
from slo import tasks
from slo.models import Resource, ResourceSample
from tests.factories.capacity import ResourceFactory, growing

pytestmark = pytest.mark.django_db
TICKS = ("read_resources_due", "refresh_resources_due", "forget_samples_due")


@pytest.mark.parametrize("name", TICKS)
def test_with_nothing_due_a_tick_does_nothing(name: str, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        assert getattr(tasks, name)() == 0


def test_each_has_its_clock() -> None:
    assert {f"slo.tasks.{name}" for name in TICKS} <= set(beat.periods())


def test_midnight_makes_the_forecast_of_the_day(service: Any, now: datetime) -> None:
    growing(service=service, until=now.date(), level=51, limit=86)
    with time_machine.travel(now, tick=False):
        assert [tasks.refresh_resources_due() for _ in range(2)] == [1, 0]
    assert not Alert.objects.exists()
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert tasks.refresh_resources_due() == 1
    assert Alert.objects.get().severity == "warning"
    assert Resource.objects.get().is_warning


def test_a_clock_that_was_put_back_makes_nothing_twice(service: Any, now: datetime) -> None:
    growing(service=service, until=now.date())
    for moment in (now, now - timedelta(days=3)):
        with time_machine.travel(moment, tick=False):
            tasks.refresh_resources_due()
    assert Resource.objects.get().forecast_on == now.date()


def test_old_samples_go(now: datetime) -> None:
    resource = ResourceFactory()
    for days in (1, 44, 46):
        ResourceSample.objects.create(resource=resource, at=now - timedelta(days=days), value=1)
    with time_machine.travel(now, tick=False):
        assert [tasks.forget_samples_due() for _ in range(2)] == [1, 0]
