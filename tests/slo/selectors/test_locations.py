"""Reading the locations."""

from datetime import timedelta
from typing import Any

import pytest

from portal.accounts.models import Team
from slo.models import Location, Probe
from slo.selectors import locations
from tests.factories.slo import ProbeFactory
from tests.slo.services.runs import BAD, counted_probe, runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def probe(service: Any, now: Any) -> Probe:
    """A probe at two locations that ran at one of them."""
    probe = counted_probe(service=service, now=now, locations=["graz", "main"], down_threshold=1)
    return runs(probe, now, [BAD])


def test_a_location_without_runs_is_unmeasured_not_down(probe: Probe, now: Any) -> None:
    found = {one.name: (one.state, one.reason) for one in locations.places_of(probe, now=now)}
    assert found == {"graz": ("unmeasured", ""), "main": ("down", "connect: Nobody listens.")}


def test_a_location_that_fell_silent_is_unmeasured(probe: Probe, now: Any) -> None:
    found = locations.places_of(probe, now=now + timedelta(minutes=10))
    assert {one.state for one in found} == {"unmeasured"}


def test_a_paused_probe_is_paused_everywhere(service: Any, now: Any) -> None:
    probe = ProbeFactory(service=service, is_paused=True)
    assert [one.state for one in locations.places_of(probe, now=now)] == ["paused"]


def test_locations_are_counted_for_whoever_looks(
    probe: Probe, now: Any, vera: Any, charlie: Any, actor_of: Any
) -> None:
    Location.objects.create(name="main", created_at=now, seen_at=now)
    (row,) = locations.locations(actor_of(vera), now=now)
    assert (row.state, row.running, row.down) == ("active", 1, 1)
    Team.objects.filter(slug="payments").update(is_private=True)
    (row,) = locations.locations(actor_of(charlie), now=now)
    assert (row.running, row.down) == (0, 0)


def test_a_location_is_silent_without_a_sign_of_life(now: Any, vera: Any, actor_of: Any) -> None:
    Location.objects.create(name="graz", created_at=now, seen_at=now - timedelta(minutes=5))
    (row,) = locations.locations(actor_of(vera), now=now)
    assert (row.state, row.is_silent) == ("silent", True)
