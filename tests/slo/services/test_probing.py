"""Claiming, running and storing probes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.grids import phase_of, slot_at_or_before
from slo.domain.probing import Outcome
from slo.models import MinuteCount, Probe, ProbeResult, Sli
from slo.services import probing
from slo.services.probing import Finished
from tests.factories.slo import ProbeFactory

pytestmark = pytest.mark.django_db
GOOD = Outcome(ok=True, latency=timedelta(milliseconds=120), status=200)
BAD = Outcome(ok=False, latency=timedelta(0), phase="connect", reason="Nobody listens.")


@pytest.fixture
def probe(service: Any, now: datetime) -> Any:
    """A probe that is due, with its SLI."""
    probe = ProbeFactory(service=service, next_run_at=now)
    Sli.objects.create(service=service, kind="probe", probe=probe, name=probe.name, started_at=now, created_at=now)
    return probe


def run(now: datetime, outcome: Outcome) -> int:
    finished = [Finished(claim, outcome) for claim in probing.claim_due(now=now)]
    return probing.store(finished, now=now)


def runs(probe: Probe, now: datetime, outcomes: Sequence[Outcome]) -> Probe:
    for number, outcome in enumerate(outcomes):
        run(now + number * probe.interval, outcome)
    probe.refresh_from_db()
    return probe


def test_a_due_probe_is_claimed_for_its_slot(probe: Any, now: datetime) -> None:
    (claim,) = probing.claim_due(now=now)
    probe.refresh_from_db()
    phase = phase_of(probe.public_id, probe.interval)
    assert claim.slot_at == slot_at_or_before(now, probe.interval, phase)
    assert probe.next_run_at == claim.slot_at + probe.interval
    assert probe.lease_until == now + probe.interval


def test_a_claimed_probe_is_nobody_elses(probe: Any, now: datetime) -> None:
    probing.claim_due(now=now)
    Probe.objects.update(next_run_at=now)
    assert probing.claim_due(now=now + timedelta(seconds=30)) == []


def test_the_lease_of_a_dead_worker_ends(probe: Any, now: datetime) -> None:
    probing.claim_due(now=now)
    assert len(probing.claim_due(now=now + 2 * probe.interval)) == 1


def test_a_probe_that_is_not_due_waits(probe: Any, now: datetime) -> None:
    assert probing.claim_due(now=now - timedelta(seconds=1)) == []


def test_a_paused_probe_is_never_due(service: Any, now: datetime) -> None:
    ProbeFactory(service=service, is_paused=True, next_run_at=None)
    assert probing.claim_due(now=now) == []


def test_missed_slots_are_skipped_and_counted(probe: Any, now: datetime) -> None:
    claims = probing.claim_due(now=now + timedelta(minutes=10, seconds=5))
    probe.refresh_from_db()
    assert (len(claims), probe.missed_count) == (1, 10)


def test_a_claim_takes_no_more_than_its_limit(probe: Any, service: Any, now: datetime) -> None:
    ProbeFactory(service=service, next_run_at=now - timedelta(seconds=1))
    assert len(probing.claim_due(now=now, limit=1)) == 1


def test_a_result_is_stored_counted_and_shown(probe: Any, now: datetime) -> None:
    assert run(now, BAD) == 1
    probe.refresh_from_db()
    assert ProbeResult.objects.values_list("ok", "phase", "reason").get() == (False, "connect", "Nobody listens.")
    assert MinuteCount.objects.values_list("minute", "good", "total", "measured").get() == (now, 0, 1, True)
    assert (probe.last_ok, probe.last_phase, probe.last_run_at, probe.lease_until) == (False, "connect", now, None)


def test_the_latency_is_kept(probe: Any, now: datetime) -> None:
    run(now, GOOD)
    assert ProbeResult.objects.get().latency == timedelta(milliseconds=120)
    assert Probe.objects.get().last_latency == timedelta(milliseconds=120)


def test_storing_a_slot_again_counts_nothing(probe: Any, now: datetime) -> None:
    finished = [Finished(claim, GOOD) for claim in probing.claim_due(now=now)]
    assert probing.store(finished, now=now) == 1
    assert probing.store(finished, now=now) == 0
    assert MinuteCount.objects.get().total == 1


def test_the_visible_state_follows_its_thresholds(probe: Any, now: datetime) -> None:
    assert runs(probe, now, [GOOD]).state == "pending"
    assert runs(probe, now + timedelta(minutes=1), [GOOD]).state == "up"
    assert runs(probe, now + timedelta(minutes=2), [BAD]).state == "up"
    found = runs(probe, now + timedelta(minutes=3), [BAD])
    assert (found.state, found.state_since, found.streak) == ("down", now + timedelta(minutes=3), 2)


def test_several_runs_of_a_minute_add_up(service: Any, now: datetime) -> None:
    probe = ProbeFactory(service=service, next_run_at=now, interval=timedelta(seconds=10))
    Sli.objects.create(service=service, kind="probe", probe=probe, name="fast", started_at=now, created_at=now)
    runs(probe, now, [GOOD, GOOD, BAD, GOOD])
    assert MinuteCount.objects.values_list("good", "total").get() == (3, 4)


def test_a_tick_runs_what_is_due(probe: Any, now: datetime, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    assert probing.run_due(clock=lambda: now) == 1
    assert Probe.objects.get().last_phase == "resolve"


def test_a_tick_without_due_probes_does_nothing(now: datetime) -> None:
    assert probing.run_due(clock=lambda: now) == 0


def test_many_results_are_few_statements(service: Any, now: datetime, django_assert_max_num_queries: Any) -> None:
    for probe in ProbeFactory.create_batch(30, service=service, next_run_at=now):
        Sli.objects.create(service=service, kind="probe", probe=probe, name=probe.name, started_at=now, created_at=now)
    run(now, GOOD)
    later = now + timedelta(minutes=2)
    with django_assert_max_num_queries(14):
        assert run(later, GOOD) == 30
