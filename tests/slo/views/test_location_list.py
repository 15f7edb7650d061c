"""The page of locations."""

from typing import Any

import pytest
from django.utils import timezone

from slo.models import Location
from tests.factories.slo import ProbeFactory
from tests.slo.services.runs import counted_probe

pytestmark = pytest.mark.django_db


def test_a_silent_location_with_probes_says_how_to_start_it(service: Any, vera: Any, client_for: Any) -> None:
    ProbeFactory(service=service, locations=["graz"])
    Location.objects.create(name="graz", created_at=timezone.now())
    page = client_for(vera).get("/probes/locations/").content.decode()
    assert "Nothing is measured from graz" in page
    assert "run_probes --location graz" in page


def test_an_active_one_shows_its_lag(vera: Any, client_for: Any) -> None:
    Location.objects.create(name="main", created_at=timezone.now(), seen_at=timezone.now())
    page = client_for(vera).get("/probes/locations/").content.decode()
    assert "active" in page
    assert "Nothing is measured" not in page


def test_without_locations_it_says_what_to_do(vera: Any, client_for: Any) -> None:
    assert b"No locations yet" in client_for(vera).get("/probes/locations/").content


def test_nobody_else_sees_it(client: Any) -> None:
    assert client.get("/probes/locations/").status_code == 302


def test_the_probe_shows_each_of_its_locations(service: Any, vera: Any, client_for: Any) -> None:
    probe = counted_probe(service=service, now=timezone.now(), locations=["graz", "main"])
    page = client_for(vera).get(f"/probes/{probe.public_id}/").content.decode()
    assert page.lower().count("unmeasured") == 2
