"""A tick of probing: as much as is due, as long as anything is in flight."""

from datetime import timedelta
from typing import Any

import pytest

from slo.models import Location, MinuteCount, Probe, ProbeLocation
from slo.services import probing
from tests.factories.slo import ProbeFactory
from tests.slo.services.runs import counted_probe

pytestmark = pytest.mark.django_db


def test_a_tick_runs_what_is_due(service: Any, now: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    counted_probe(service=service, now=now)
    assert probing.run_due(clock=lambda: now) == 1
    assert Probe.objects.get().last_phase == "resolve"
    assert MinuteCount.objects.values_list("good", "total").get() == (0, 1)


def test_a_tick_without_due_probes_only_gives_a_sign_of_life(now: Any, db: None) -> None:
    assert probing.run_due(clock=lambda: now) == 0
    assert Location.objects.get(name="main").seen_at == now


def test_no_turn_is_no_run(service: Any, now: Any) -> None:
    ProbeFactory(service=service, next_run_at=now)
    assert probing.run_due(clock=lambda: now, at_once=0) == 0
    assert ProbeLocation.objects.get().lease_until is None


def test_whoever_is_told_to_stop_claims_nothing_more(service: Any, now: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    counted_probe(service=service, now=now)
    assert probing.run_due(clock=lambda: now, claiming=timedelta(0)) == 1
    assert probing.run_due(clock=lambda: now, goes_on=lambda: False) == 0
