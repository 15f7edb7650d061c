"""The ticks: each finds its work by itself and may be repeated."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from portal import beat
from portal.lib import partitions
from slo import tasks
from slo.models import PrometheusFeed, SloStatus
from tests.factories.slo import ProbeFactory, SliFactory, SloFactory, watched_slo
from tests.factories.sources import HeartbeatFactory, PrometheusServerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "task",
    [
        tasks.run_probes_due,
        tasks.collect_counts_due,
        tasks.refresh_statuses_due,
        tasks.roll_up_due,
        tasks.watch_volumes_due,
        tasks.read_versions_due,
    ],
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


def test_prometheus_is_read(service: Any, now: datetime) -> None:
    sli = SliFactory(service=service, kind="prometheus", source="", settings={"mode": "gauge", "query": "g"})
    server = PrometheusServerFactory(team=service.team)
    PrometheusFeed.objects.create(sli=sli, server=server, next_read_at=now, minutes_from=now - timedelta(hours=1))
    with time_machine.travel(now, tick=False):
        assert tasks.read_prometheus_due() == 0
    sli.refresh_from_db()
    assert "private address" in sli.problem


def test_heartbeats_are_watched(service: Any, now: datetime, settings: Any) -> None:
    settings.PORTAL_SELF_WEB_URL = "http://127.0.0.1:9"
    heartbeat = HeartbeatFactory(service=service, state="up", expected_at=now, next_due_at=now)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert tasks.watch_heartbeats_due() == 1
    heartbeat.refresh_from_db()
    assert heartbeat.state == "down"


def test_reviews_are_recalled(service: Any, alice: Any, now: datetime) -> None:
    SloFactory(service=service, review_due_at=now)
    with time_machine.travel(now, tick=False):
        assert [tasks.remind_reviews_due(), tasks.remind_reviews_due()] == [1, 0]
