"""What probes show of their runs."""

from datetime import timedelta
from typing import Any

import pytest

from slo.models import Probe, ProbeLocation
from slo.services import probes, results, sights
from tests.slo.services.runs import BAD, GOOD, counted_probe, finish, run, runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def probe(service: Any, now: Any) -> Probe:
    """A probe that is due, with its SLI."""
    return counted_probe(service=service, now=now)


def test_the_latest_run_is_shown(probe: Any, now: Any) -> None:
    run(now, BAD)
    probe.refresh_from_db()
    place = ProbeLocation.objects.get()
    assert (probe.last_ok, probe.last_phase, probe.last_run_at) == (False, "connect", now)
    assert (place.last_ok, place.last_reason, place.lease_until) == (False, "Nobody listens.", None)


def test_the_visible_state_follows_its_thresholds(probe: Any, now: Any) -> None:
    assert runs(probe, now, [GOOD]).state == "pending"
    assert runs(probe, now + timedelta(minutes=1), [GOOD]).state == "up"
    assert runs(probe, now + timedelta(minutes=2), [BAD]).state == "up"
    found = runs(probe, now + timedelta(minutes=3), [BAD])
    assert (found.state, found.state_since, found.streak) == ("down", now + timedelta(minutes=3), 2)


def test_no_news_are_shown_once_a_minute(service: Any, now: Any) -> None:
    probe = counted_probe(service=service, now=now, interval=timedelta(seconds=10), up_threshold=1)
    assert runs(probe, now, [GOOD] * 3).last_run_at == now
    assert runs(probe, now + timedelta(seconds=60), [GOOD]).last_run_at == now + timedelta(seconds=60)
    assert runs(probe, now + timedelta(seconds=70), [BAD]).last_run_at == now + timedelta(seconds=70)


def test_one_location_of_three_is_no_outage_and_two_are(service: Any, now: Any) -> None:
    places = ["main", "graz", "vienna"]
    probe = counted_probe(service=service, now=now, locations=places, down_threshold=1, up_threshold=1)
    runs(probe, now, [GOOD], location="main")
    assert runs(probe, now, [BAD], location="graz").state == "up"
    assert runs(probe, now, [BAD], location="vienna").state == "down"


def test_a_silent_location_has_no_say(service: Any, now: Any) -> None:
    probe = counted_probe(service=service, now=now, locations=["main", "graz"], down_threshold=1, up_threshold=1)
    runs(probe, now, [GOOD], location="graz")
    assert runs(probe, now, [BAD]).state == "up"
    assert runs(probe, now + timedelta(minutes=10), [BAD]).state == "down"


def test_a_probe_that_was_paused_meanwhile_shows_nothing_new(probe: Any, now: Any) -> None:
    finished = finish(now, BAD)
    Probe.objects.update(is_paused=True)
    assert results.store(finished, now=now) == 1
    assert ProbeLocation.objects.get().last_ok is None


def test_an_older_run_does_not_come_back(probe: Any, now: Any) -> None:
    late = finish(now, BAD)
    runs(probe, now + timedelta(minutes=2), [GOOD])
    results.store(late, now=now + timedelta(minutes=2))
    assert ProbeLocation.objects.get().last_ok is True


def test_nothing_finished_is_nothing_to_show(now: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        sights.show([], now=now)


def test_a_changed_probe_keeps_what_its_locations_saw(service: Any, now: Any, admin_user: Any, actor_of: Any) -> None:
    probe = counted_probe(service=service, now=now, up_threshold=1)
    runs(probe, now, [GOOD])
    facts = {"name": "renamed"}
    probes.update_probe(actor=actor_of(admin_user), probe=probe, facts=facts, now=now + timedelta(seconds=9))
    assert ProbeLocation.objects.get().state == "up"
