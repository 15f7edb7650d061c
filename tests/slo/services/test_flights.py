"""What one worker has in flight."""

from datetime import timedelta
from typing import Any

import pytest

from slo.clients import rounds
from slo.models import Location, MaintenanceWindow, MinuteCount, ProbeLocation, ProbeResult
from slo.services import flights
from slo.services.flights import Flight
from tests.factories.slo import ProbeFactory
from tests.slo.services.runs import counted_probe

pytestmark = pytest.mark.django_db


def maintenance(service: Any, now: Any, *, pauses_probes: bool = True) -> None:
    span = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    MaintenanceWindow.objects.create(
        service=service, name="Move", author="Alice", created_at=now, pauses_probes=pauses_probes, **span
    )


def test_nothing_due_is_nothing_in_flight(now: Any) -> None:
    flight = Flight("main", clock=lambda: now)
    assert (flight.claim(), flight.is_busy) == (False, False)


def test_a_claim_that_never_ran_is_missed(service: Any, now: Any) -> None:
    ProbeFactory(service=service, next_run_at=now)
    flight = Flight("main", clock=lambda: now)
    flight.claim()
    flight.give_up()
    assert not flight.is_busy
    assert ProbeLocation.objects.values_list("missed_count", "lease_until").get() == (1, None)


def test_the_time_in_the_queue_is_lag(service: Any, now: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    probe = counted_probe(service=service, now=now)
    flight = Flight("main", clock=lambda: now)
    flight.claim()
    with rounds.new_round() as running:
        flight.pass_on(running)
    found = ProbeResult.objects.get(probe=probe)
    assert flight.stored == 1
    assert now <= found.at < now + timedelta(seconds=30)


def test_probes_of_a_service_at_rest_are_not_run_and_not_missed(service: Any, now: Any) -> None:
    counted_probe(service=service, now=now)
    maintenance(service, now)
    assert Flight("main", clock=lambda: now).claim() is False
    assert ProbeLocation.objects.values_list("missed_count", "lease_until").get() == (0, None)
    assert not MinuteCount.objects.exists()


def test_maintenance_that_pauses_no_probes_changes_nothing(service: Any, now: Any) -> None:
    counted_probe(service=service, now=now)
    maintenance(service, now, pauses_probes=False)
    assert Flight("main", clock=lambda: now).claim() is True


def test_a_host_with_a_long_queue_is_not_claimed_from(service: Any, now: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(flights, "MOST_OF_A_HOST", 1)
    ProbeFactory(service=service, next_run_at=now)
    flight = Flight("main", clock=lambda: now)
    assert flight.claim() is True
    ProbeFactory(service=service, next_run_at=now)
    assert flight.claim() is False


def test_each_claim_is_a_sign_of_life(now: Any) -> None:
    Flight("vienna", clock=lambda: now).claim()
    assert Location.objects.get(name="vienna").seen_at == now
