from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.catalog.models import Service
from tests.factories.accounts import TeamFactory
from tests.factories.catalog import ServiceFactory

URL = "/services/"


def test_visible_services_are_listed(service: Service, charlie: User, client_for: Callable[[User], Any]) -> None:
    ServiceFactory(name="Nightly", team=TeamFactory(is_private=True))
    page = client_for(charlie).get(reverse("service_list")).content.decode()
    assert "Checkout" in page
    assert "Nightly" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=check", 1),
        ("q=none", 0),
        ("team=payments", 1),
        ("tier=2", 1),
        ("tier=9", 1),
        ("label=a%3Db", 0),
    ],
)
def test_the_filter_narrows(
    service: Service, bob: User, query: str, found: int, client_for: Callable[[User], Any]
) -> None:
    assert len(client_for(bob).get(f"{URL}?{query}").context["page"].object_list) == found


def test_a_manager_of_an_empty_catalog_is_told_what_to_do(alice: User, client_for: Callable[[User], Any]) -> None:
    assert b"No services yet" in client_for(alice).get(URL).content
    assert reverse("service_create").encode() in client_for(alice).get(URL).content


def test_a_viewer_is_not_offered_a_new_one(service: Service, vera: User, client_for: Callable[[User], Any]) -> None:
    assert b"New service" not in client_for(vera).get(URL).content


def test_queries_do_not_grow_with_services(
    bob: User, client_for: Callable[[User], Any], django_assert_max_num_queries: Any
) -> None:
    ServiceFactory.create_batch(20)
    client = client_for(bob)
    client.get(URL)
    with django_assert_max_num_queries(18):
        client.get(URL)
