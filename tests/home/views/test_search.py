from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import oncall

pytestmark = pytest.mark.django_db
Clients = Callable[[Any], Client]


def test_a_single_hit_is_opened_at_once(client_for: Clients, service: Any, alice: Any) -> None:
    assert client_for(alice).get("/search/", {"q": "check"})["Location"] == "/services/checkout/"


def test_several_hits_are_listed_by_kind(client_for: Clients, service: Any, team: Any, alice: Any) -> None:
    oncall.AlertFactory(team=team, title="Restart checkout")
    page = client_for(alice).get("/search/", {"q": "checkout"}).content.decode()
    assert "Restart checkout" in page
    assert 'href="/services/checkout/"' in page


@pytest.mark.parametrize("query", ["", "nothing like this", "%", "a" * 5000, "<script>alert(1)</script>"])
def test_any_text_gets_an_answer(client_for: Clients, alice: Any, query: str) -> None:
    response = client_for(alice).get("/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
