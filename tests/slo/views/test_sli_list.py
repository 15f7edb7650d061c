from typing import Any

import pytest

from tests.factories.slo import SloFactory
from tests.factories.sources import push_sli

pytestmark = pytest.mark.django_db


def test_slis_are_listed_with_what_uses_them(service: Any, vera: Any, client_for: Any) -> None:
    sli = push_sli(service=service, name="orders", problem="2 good of 1 events")
    SloFactory(service=service, sli=sli, name="Orders succeed")
    text = client_for(vera).get("/slis/").content.decode()
    for words in ("orders", "Pushed counts", "2 good of 1 events", "Orders succeed", "not yet"):
        assert words in text


def test_they_are_filtered(service: Any, vera: Any, client_for: Any) -> None:
    push_sli(service=service, name="orders")
    client = client_for(vera)
    assert "No source matches" in client.get("/slis/?kind=prometheus").content.decode()
    assert "orders" in client.get("/slis/?kind=push&service=checkout").content.decode()


def test_an_empty_list_says_what_to_do(service: Any, alice: Any, client_for: Any) -> None:
    assert "/slis/new/" in client_for(alice).get("/slis/").content.decode()


def test_a_list_costs_the_same_for_many(
    service: Any, vera: Any, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        SloFactory(service=service, sli=push_sli(service=service))
    client = client_for(vera)
    client.get("/slis/")
    with django_assert_max_num_queries(18):
        client.get("/slis/")
