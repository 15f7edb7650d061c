"""The ticks: each finds its work by itself and may be repeated."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from portal import beat
from portal.lib import partitions
from slo import tasks
from slo.models import SloStatus
from tests.factories.slo import ProbeFactory, watched_slo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "task",
    [tasks.run_probes_due, tasks.collect_counts_due, tasks.refresh_statuses_due, tasks.roll_up_due],
)
def test_with_nothing_due_a_tick_does_nothing(task: Any, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        assert task() == 0


def test_every_tick_has_its_clock() -> None:
    named = {tick["task"] for tick in beat.SCHEDULE.values() if tick["task"].startswith("slo.")}
    assert named == {f"slo.tasks.{name}" for name in vars(tasks) if name.endswith("_due")}


def test_statuses_follow_the_watermark(service: Any, now: datetime) -> None:
    slo = watched_slo(service=service, end=now, pairs=[(1, 1)] * 5)
    with time_machine.travel(now + timedelta(minutes=1, seconds=1), tick=False):
        assert tasks.refresh_statuses_due() == 1
        assert tasks.refresh_statuses_due() == 0
    assert SloStatus.objects.get(slo=slo).window_end == now


def test_a_closed_hour_is_rolled_up(service: Any, now: datetime) -> None:
    watched_slo(service=service, end=now, pairs=[(1, 1)] * 60)
    with time_machine.travel(now + timedelta(minutes=1, seconds=1), tick=False):
        assert tasks.roll_up_due() == 1


def test_due_probes_run(service: Any, now: datetime, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    ProbeFactory(service=service, next_run_at=now)
    with time_machine.travel(now, tick=False):
        assert tasks.run_probes_due() == 1


def test_probes_that_lie_too_far_ahead_come_back(service: Any) -> None:
    ProbeFactory(service=service, next_run_at=timezone.now() + timedelta(days=2))
    assert tasks.mend_probes_due() == 1


def test_partitions_are_ready(now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        tasks.keep_partitions_due()
    assert "slo_minutecount_p20260306" in partitions.partitions("slo_minutecount")
