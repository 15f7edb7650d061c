from typing import Any

import pytest

from tests.factories.sources import HeartbeatFactory

pytestmark = pytest.mark.django_db


def test_heartbeats_are_listed(service: Any, vera: Any, client_for: Any) -> None:
    HeartbeatFactory(service=service, name="Nightly backup", state="down", reason="It did not report in time.")
    text = client_for(vera).get("/heartbeats/").content.decode()
    for words in ("Nightly backup", "It did not report in time.", "every 1 h", "Heartbeats"):
        assert words in text


def test_an_empty_list_says_what_to_do(service: Any, alice: Any, vera: Any, client_for: Any) -> None:
    assert "/heartbeats/new/" in client_for(alice).get("/heartbeats/").content.decode()
    assert "/heartbeats/new/" not in client_for(vera).get("/heartbeats/").content.decode()


def test_a_filter_that_matches_nothing_says_so(service: Any, vera: Any, client_for: Any) -> None:
    assert "No heartbeat matches" in client_for(vera).get("/heartbeats/?state=late").content.decode()


def test_visitors_sign_in(client: Any) -> None:
    assert client.get("/heartbeats/").status_code == 302


def test_a_list_costs_the_same_for_many(
    service: Any, vera: Any, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    HeartbeatFactory.create_batch(5, service=service)
    client = client_for(vera)
    client.get("/heartbeats/")
    with django_assert_max_num_queries(18):
        client.get("/heartbeats/")
