"""The list of probes."""

from typing import Any

import pytest

from tests.factories.slo import ProbeFactory

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
