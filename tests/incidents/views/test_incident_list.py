from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.incidents import IncidentFactory, RoleSpanFactory, resolved_incident

ClientFor = Callable[[Any], Any]
URL = reverse("incident_list")


def test_it_lists_open_and_past_incidents(client_for: ClientFor, vera: Any, team: Any) -> None:
    IncidentFactory(team=team, title="Checkout is down")
    resolved_incident(team=team, title="Search was slow")
    body = client_for(vera).get(URL).content.decode()
    assert "Checkout is down" in body
    assert "Search was slow" in body


def test_an_empty_list_says_what_to_do(client_for: ClientFor, vera: Any) -> None:
    assert "No incidents yet" in client_for(vera).get(URL).content.decode()


def test_a_filter_narrows_the_list(client_for: ClientFor, vera: Any, team: Any) -> None:
    IncidentFactory(team=team, title="Checkout is down")
    resolved_incident(team=team, title="Search was slow")
    page = client_for(vera).get(URL, {"status": "resolved"}).context["page"]
    assert [found.title for found in page] == ["Search was slow"]


def test_a_strange_filter_harms_nothing(client_for: ClientFor, vera: Any) -> None:
    assert client_for(vera).get(URL, {"status": "x", "page": "x"}).status_code == 200


def test_private_incidents_are_not_listed(client_for: ClientFor, charlie: Any, team: Any) -> None:
    IncidentFactory(team=team, is_private=True, title="Somebody broke in")
    assert "Somebody broke in" not in client_for(charlie).get(URL).content.decode()


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.get(URL).status_code == 302


def test_the_number_of_queries_does_not_grow(
    client_for: ClientFor, vera: Any, team: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        RoleSpanFactory(incident=IncidentFactory(team=team))
    client = client_for(vera)
    with django_assert_max_num_queries(25):
        client.get(URL)
