from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_the_service_is_chosen_first(service: Any, alice: Any, client_for: Any) -> None:
    assert "?service=checkout" in client_for(alice).get("/slis/new/").content.decode()


def test_each_kind_has_its_way(service: Any, alice: Any, client_for: Any) -> None:
    text = client_for(alice).get("/slis/new/?service=checkout").content.decode()
    for path in ("/probes/new/", "/slis/new/prometheus/", "/slis/new/push/", "/heartbeats/new/"):
        assert f"{path}?service=checkout" in text


def test_only_managers_add_sources(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get("/slis/new/?service=checkout").status_code == 403
