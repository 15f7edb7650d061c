"""Claiming the slots of probes."""

from datetime import timedelta
from typing import Any

import pytest

from slo.domain.grids import phase_of, slot_at_or_before
from slo.models import Probe, ProbeLocation
from slo.services import claims
from tests.factories.slo import ProbeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def probe(service: Any, now: Any) -> Any:
    """A probe that is due."""
    return ProbeFactory(service=service, next_run_at=now)


def test_a_due_probe_is_claimed_for_its_slot(probe: Any, now: Any) -> None:
    (claim,) = claims.claim_due(now=now)
    place, phase = ProbeLocation.objects.get(), phase_of(probe.public_id, probe.interval)
    assert claim.slot_at == slot_at_or_before(now, probe.interval, phase)
    assert (place.next_run_at, place.lease_until) == (claim.slot_at + probe.interval, now + probe.interval)
    assert claim.patience == timedelta(seconds=58)


def test_a_claimed_probe_is_nobody_elses(probe: Any, now: Any) -> None:
    claims.claim_due(now=now)
    ProbeLocation.objects.update(next_run_at=now)
    assert claims.claim_due(now=now + timedelta(seconds=30)) == []


def test_the_lease_of_a_dead_worker_ends(probe: Any, now: Any) -> None:
    claims.claim_due(now=now)
    assert len(claims.claim_due(now=now + 2 * probe.interval)) == 1


def test_a_probe_that_is_not_due_waits(probe: Any, now: Any) -> None:
    assert claims.claim_due(now=now - timedelta(seconds=1)) == []


def test_a_paused_probe_is_never_due(service: Any, now: Any) -> None:
    ProbeFactory(service=service, is_paused=True)
    assert claims.claim_due(now=now) == []


def test_missed_slots_are_skipped_and_counted(probe: Any, now: Any) -> None:
    found = claims.claim_due(now=now + timedelta(minutes=10, seconds=5))
    assert (len(found), ProbeLocation.objects.get().missed_count) == (1, 10)


def test_a_claim_takes_no_more_than_its_limit(probe: Any, service: Any, now: Any) -> None:
    late = ProbeFactory(service=service, next_run_at=now - timedelta(seconds=1))
    assert [claim.spec.probe_id for claim in claims.claim_due(now=now, limit=1)] == [late.pk]


def test_a_changed_probe_is_run_as_it_is_now(probe: Any, now: Any) -> None:
    claims.claim_due(now=now)
    Probe.objects.update(url="https://b.example/", version=2)
    (claim,) = claims.claim_due(now=now + 2 * probe.interval)
    assert claim.spec.url == "https://b.example/"


def test_no_more_is_remembered_than_there_is_room_for(probe: Any, now: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(claims, "REMEMBERED", 0)
    assert [claim.spec.probe_id for claim in claims.claim_due(now=now)] == [probe.pk]


def test_each_location_claims_its_own(service: Any, now: Any) -> None:
    ProbeFactory(service=service, locations=["main", "vienna"], next_run_at=now)
    assert [claim.location for claim in claims.claim_due(now=now, location="vienna")] == ["vienna"]
    assert claims.claim_due(now=now, location="graz") == []
    assert [claim.location for claim in claims.claim_due(now=now)] == ["main"]


def test_a_full_host_waits_and_keeps_no_other_waiting(probe: Any, service: Any, now: Any) -> None:
    ProbeFactory(service=service, url="https://b.example/x", next_run_at=now)
    assert [claim.host for claim in claims.claim_due(now=now, full_hosts=["127.0.0.1:9"])] == ["b.example"]


@pytest.mark.parametrize(("free", "missed"), [(claims.give_up, 1), (claims.let_go, 0)], ids=["given up", "let go"])
def test_what_is_not_run_is_free_again(probe: Any, now: Any, free: Any, missed: int) -> None:
    free(claims.claim_due(now=now))
    place = ProbeLocation.objects.get()
    assert (place.lease_until, place.missed_count) == (None, missed)


def test_a_lease_that_another_worker_took_meanwhile_stays(probe: Any, now: Any) -> None:
    old = claims.claim_due(now=now)
    claims.claim_due(now=now + 2 * probe.interval)
    claims.give_up(old)
    assert ProbeLocation.objects.get().lease_until == now + 3 * probe.interval
