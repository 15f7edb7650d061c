from typing import Any

import pytest

from slo.models import Sli

pytestmark = pytest.mark.django_db

URL = "/slis/new/push/?service=checkout"


def test_an_sli_is_made(service: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert "What is counted" in client.get(URL).content.decode()
    response = client.post(URL, {"name": "orders", "watches_volume": "on"})
    sli = Sli.objects.get()
    assert (response.url, sli.kind, sli.watches_volume) == (f"/slis/{sli.public_id}/", "push", True)


def test_a_name_of_spaces_is_refused(service: Any, alice: Any, client_for: Any) -> None:
    assert client_for(alice).post(URL, {"name": "  "}).status_code == 200
    assert not Sli.objects.exists()


def test_only_managers_make_one(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).post(URL, {"name": "orders"}).status_code == 403


def test_without_a_service_one_is_chosen_first(alice: Any, client_for: Any) -> None:
    assert client_for(alice).get("/slis/new/push/")["Location"] == "/slis/new/"
