"""Storing the results of probes."""

from datetime import timedelta
from typing import Any

import pytest

from slo.domain.probing import Outcome
from slo.models import MinuteCount, Probe, ProbeLocation, ProbeResult
from slo.services import results
from tests.slo.services.runs import BAD, GOOD, UNMEASURED, counted_probe, finish, run, runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def probe(service: Any, now: Any) -> Probe:
    """A probe that is due, with its SLI."""
    return counted_probe(service=service, now=now)


def test_a_result_is_stored_and_counted(probe: Any, now: Any) -> None:
    assert run(now, BAD) == 1
    assert ProbeResult.objects.values_list("ok", "phase", "reason").get() == (False, "connect", "Nobody listens.")
    assert MinuteCount.objects.values_list("minute", "good", "total", "measured").get() == (now, 0, 1, True)


def test_the_latency_and_the_timings_are_kept(probe: Any, now: Any) -> None:
    timed = Outcome(ok=True, latency=timedelta(milliseconds=120), timings=(("connect", 1.5), ("wait", 118.0)))
    run(now, timed)
    found = ProbeResult.objects.get()
    assert (found.latency, found.timings) == (timed.latency, [["connect", 1.5], ["wait", 118.0]])


def test_storing_a_slot_again_counts_nothing(probe: Any, now: Any) -> None:
    finished = finish(now, GOOD)
    assert [results.store(finished, now=now), results.store(finished, now=now)] == [1, 0]
    assert MinuteCount.objects.get().total == 1


def test_a_slot_that_is_given_twice_at_once_counts_once(probe: Any, now: Any) -> None:
    assert results.store(finish(now, GOOD) * 2, now=now) == 1
    assert MinuteCount.objects.get().total == 1


def test_several_runs_of_a_minute_add_up(service: Any, now: Any) -> None:
    probe = counted_probe(service=service, now=now, interval=timedelta(seconds=10))
    runs(probe, now, [GOOD, GOOD, BAD, GOOD])
    assert MinuteCount.objects.values_list("good", "total").get() == (3, 4)


def test_each_location_is_a_run_of_its_own(service: Any, now: Any) -> None:
    counted_probe(service=service, now=now, locations=["main", "vienna"])
    assert (run(now, GOOD), run(now, BAD, location="vienna")) == (1, 1)
    assert MinuteCount.objects.values_list("good", "total").get() == (1, 2)


def test_a_run_that_measured_nothing_is_a_missed_slot_and_no_minute(probe: Any, now: Any) -> None:
    assert run(now, UNMEASURED) == 0
    assert not ProbeResult.objects.exists()
    assert not MinuteCount.objects.exists()
    place = ProbeLocation.objects.get()
    assert (place.state, place.last_ok, place.missed_count, place.lease_until) == ("pending", None, 1, None)


def test_many_results_are_few_statements(service: Any, now: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        counted_probe(service=service, now=now)
    run(now, GOOD)
    later = now + timedelta(minutes=2)
    with django_assert_max_num_queries(18):
        assert run(later, GOOD) == 30
