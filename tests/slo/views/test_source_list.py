from typing import Any

import pytest

from tests.factories.sources import PrometheusServerFactory

pytestmark = pytest.mark.django_db


def test_servers_are_listed_without_their_secret(team: Any, vera: Any, client_for: Any) -> None:
    PrometheusServerFactory(team=team, name="central", problem="No answer within 5 s.", credentials="sealed")
    text = client_for(vera).get("/sources/").content.decode()
    assert "central" in text
    assert "No answer within 5 s." in text
    assert "sealed" not in text


def test_managers_may_test_and_others_look(team: Any, alice: Any, vera: Any, client_for: Any) -> None:
    PrometheusServerFactory(team=team)
    assert "Test the connection" in client_for(alice).get("/sources/").content.decode()
    assert "Test the connection" not in client_for(vera).get("/sources/").content.decode()


def test_an_empty_list_says_what_to_do(alice: Any, vera: Any, client_for: Any) -> None:
    assert "/sources/new/" in client_for(alice).get("/sources/").content.decode()
    assert "A manager of the team can add" in client_for(vera).get("/sources/").content.decode()
