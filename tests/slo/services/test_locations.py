"""The rows of probes at their locations."""

from datetime import timedelta
from typing import Any

import pytest

from slo.models import Location, Probe, ProbeLocation
from slo.services import locations
from slo.services.locations import SignOfLife
from tests.factories.slo import ProbeFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def places(probe: Probe) -> list[str]:
    return [place.location for place in ProbeLocation.objects.filter(probe=probe)]


def test_a_probe_is_planned_at_each_of_its_locations(service: Any, now: Any) -> None:
    probe = ProbeFactory(service=service, locations=["main", "graz"])
    locations.plan(probe, now=now)
    found = ProbeLocation.objects.get(location="graz")
    assert now < found.next_run_at <= now + probe.interval
    assert (places(probe), found.host) == (["graz", "main"], "127.0.0.1:9")
    assert [one.name for one in Location.objects.all()] == ["graz", "main"]


def test_a_location_that_is_left_is_forgotten_and_the_others_stay(service: Any, now: Any) -> None:
    probe = ProbeFactory(service=service, locations=["main", "graz"], state="down")
    probe.locations = ["main", "vienna"]
    locations.plan(probe, now=now)
    assert places(probe) == ["main", "vienna"]
    assert ProbeLocation.objects.get(location="main").state == "down"


def test_a_paused_probe_has_no_slot(service: Any, now: Any) -> None:
    probe = ProbeFactory(service=service, is_paused=True)
    locations.plan(probe, now=now)
    assert ProbeLocation.objects.get().next_run_at is None


def test_a_fresh_start_forgets_what_was_seen(service: Any, now: Any) -> None:
    probe = ProbeFactory(service=service, state="down")
    ProbeLocation.objects.update(streak=4, last_ok=False, lease_until=now)
    locations.forget_sights(probe, now=now)
    place = ProbeLocation.objects.get()
    assert (place.state, place.streak, place.last_ok, place.lease_until) == ("pending", 0, None, None)


def test_lags_are_told_as_p99_and_most(now: Any) -> None:
    sign = SignOfLife("graz")
    sign.add(now, [n * SECOND for n in range(1, 101)])
    sign.tell_due(now=now)
    found = Location.objects.get()
    assert (found.seen_at, found.lag_p99, found.lag_max) == (now, 99 * SECOND, 100 * SECOND)


def test_the_worst_worker_of_the_minute_stays_in_sight(now: Any) -> None:
    for number, lag in enumerate([5, 2]):
        locations.see("graz", now=now + number * 10 * SECOND, lags=[lag * SECOND])
    assert Location.objects.get().lag_max == 5 * SECOND
    locations.see("graz", now=now + 90 * SECOND, lags=[SECOND])
    assert Location.objects.get().lag_max == SECOND


def test_old_lags_are_forgotten(now: Any) -> None:
    sign = SignOfLife("graz")
    sign.add(now, [9 * SECOND])
    sign.add(now + 61 * SECOND, [SECOND])
    sign.tell_due(now=now + 61 * SECOND)
    assert Location.objects.get().lag_max == SECOND


def test_signs_of_life_are_spared(now: Any, django_assert_num_queries: Any) -> None:
    sign = SignOfLife("graz")
    sign.tell_due(now=now)
    with django_assert_num_queries(0):
        sign.tell_due(now=now + 4 * SECOND)


def test_slots_and_leases_of_a_clock_that_ran_ahead_are_freed(service: Any, now: Any) -> None:
    ProbeFactory(service=service, next_run_at=now + timedelta(hours=3))
    ProbeLocation.objects.update(lease_until=now + timedelta(hours=3))
    assert locations.mend_due(now=now) == 1
    place = ProbeLocation.objects.get()
    assert (place.next_run_at, place.lease_until) == (now + place.probe.interval, None)


def test_right_slots_and_leases_are_left_alone(service: Any, now: Any) -> None:
    ProbeFactory(service=service, next_run_at=now + timedelta(seconds=60))
    ProbeLocation.objects.update(lease_until=now + timedelta(seconds=60))
    assert locations.mend_due(now=now) == 0
