from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import incidents, oncall, slo

pytestmark = pytest.mark.django_db
Clients = Callable[[Any], Client]
QUERIES = 40


def test_a_new_portal_says_what_to_do_first(client_for: Clients, alice: Any) -> None:
    page = client_for(alice).get("/").content.decode()
    assert "First steps" in page
    assert "Nobody is on call" in page
    assert 'href="/services/new/"' in page


def test_what_burns_is_on_the_page_with_a_way_to_acknowledge(client_for: Clients, team: Any, bob: Any) -> None:
    alert = oncall.AlertFactory(team=team, title="Roll back the router config")
    page = client_for(bob).get("/").content.decode()
    assert "Roll back the router config" in page
    assert f'action="/alerts/{alert.public_id}/acknowledge/"' in page


def test_an_incident_without_a_commander_says_so(client_for: Clients, team: Any, bob: Any) -> None:
    incidents.IncidentFactory(team=team, declared_at=timezone.now())
    assert "nobody commands" in client_for(bob).get("/").content.decode()


def test_the_page_asks_for_signing_in(client: Client) -> None:
    assert client.get("/")["Location"] == "/accounts/login/?next=/"


def test_queries_do_not_grow_with_what_is_open(
    client_for: Clients, team: Any, service: Any, alice: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        oncall.AlertFactory(team=team, service=service)
        incidents.IncidentFactory(team=team)
        slo.SloStatusFactory(slo__service=service)
    client = client_for(alice)
    with django_assert_max_num_queries(QUERIES):
        client.get("/")
