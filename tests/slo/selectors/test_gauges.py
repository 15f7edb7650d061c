"""Business numbers and readiness."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from slo.models import Location, ProbeLocation
from slo.selectors import gauges
from tests.factories.slo import ProbeFactory, SloStatusFactory

pytestmark = pytest.mark.django_db


def test_slos_are_counted_by_state(service: Any, now: datetime) -> None:
    SloStatusFactory.create_batch(2, slo__service=service, state="healthy")
    SloStatusFactory(slo__service=service, state="violated")
    SloStatusFactory(slo__service=service, state="violated", slo__archived_at=now)
    assert gauges.slos_by_state() == [({"state": "healthy"}, 2.0), ({"state": "violated"}, 1.0)]


def test_running_probes_are_counted_by_state(service: Any) -> None:
    ProbeFactory(service=service, state="up")
    ProbeFactory(service=service, state="up", is_paused=True)
    assert gauges.probes_by_state() == [({"state": "up"}, 1.0)]


def test_the_lag_of_each_location_is_read_by_the_databases_clock(service: Any) -> None:
    ProbeFactory(service=service, locations=["main", "graz"])
    ProbeLocation.objects.filter(location="graz").update(next_run_at=timezone.now() - timedelta(hours=1))
    (graz, main) = gauges.probe_lag_samples()
    assert (graz[0], main) == ({"location": "graz"}, ({"location": "main"}, 0.0))
    assert 3500 < graz[1] < 3700


def test_the_lag_of_starts_is_told_by_location(db: None, now: datetime) -> None:
    Location.objects.create(name="graz", created_at=now, lag_p99=timedelta(seconds=2), lag_max=timedelta(seconds=3))
    Location.objects.create(name="vienna", created_at=now)
    labels = [{"location": "graz", "which": which} for which in ("p99", "max")]
    assert list(gauges.probe_start_lag_samples()) == list(zip(labels, (2.0, 3.0), strict=True))


def test_the_silence_of_a_location_grows(db: None, now: datetime) -> None:
    Location.objects.create(name="graz", created_at=now, seen_at=timezone.now() - timedelta(hours=1))
    ((labels, age),) = gauges.location_silence_samples()
    assert (labels, 3500 < age < 3700) == ({"location": "graz"}, True)


def test_all_is_well_when_nothing_is_late(service: Any, now: datetime) -> None:
    ProbeFactory(service=service, next_run_at=now - timedelta(minutes=4))
    SloStatusFactory(slo__service=service, window_end=now - timedelta(minutes=4))
    SloStatusFactory(slo__service=service)
    assert gauges.lateness(now) is None


def test_a_late_probe_is_named(service: Any, now: datetime) -> None:
    ProbeFactory(service=service, next_run_at=now - timedelta(minutes=6))
    assert gauges.lateness(now) == "A probe is 360 s late."


def test_a_late_status_is_named(service: Any, now: datetime) -> None:
    SloStatusFactory(slo__service=service, window_end=now - timedelta(minutes=6))
    assert gauges.lateness(now) == "An SLO was refreshed 360 s ago."
