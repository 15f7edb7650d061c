"""The list of probes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.factories.slo import ProbeFactory
from tests.slo.services.runs import BAD, GOOD, counted_probe, runs

pytestmark = pytest.mark.django_db


def test_probes_are_listed_with_state_and_reason(service: Any, vera: Any, client_for: Any) -> None:
    ProbeFactory(service=service, name="Home", state="down", last_phase="connect", last_reason="Nobody listens.")
    page = client_for(vera).get("/probes/").content.decode()
    assert "Home" in page
    assert "connect: Nobody listens." in page


def test_filters_narrow_the_list(service: Any, vera: Any, client_for: Any) -> None:
    ProbeFactory(service=service, name="Home", state="up")
    ProbeFactory(service=service, name="Paused one", is_paused=True)
    page = client_for(vera).get("/probes/?state=paused").content
    assert b"Paused one" in page
    assert b"Home" not in page


def test_the_last_days_are_shown(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    runs(counted_probe(service=service, now=now), now, [GOOD, BAD])
    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        page = client_for(vera).get("/probes/?kind=http").content.decode()
    assert "4 Mar 50.00" in page
    assert page.count('<rect class="day-') == 30


def test_an_empty_list_says_what_to_do_next(vera: Any, client_for: Any) -> None:
    assert b"No probes yet" in client_for(vera).get("/probes/").content
    assert b"No probe matches" in client_for(vera).get("/probes/?q=nothing").content


def test_the_number_of_queries_does_not_grow(
    service: Any, vera: Any, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    ProbeFactory.create_batch(40, service=service)
    client = client_for(vera)
    with django_assert_max_num_queries(20):
        client.get("/probes/")
