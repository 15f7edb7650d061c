"""Adding a resource by the form."""

from decimal import Decimal
from typing import Any

import pytest

from slo.models import Resource
from tests.factories.slo import ProbeFactory

pytestmark = pytest.mark.django_db
URL = "/capacity/new/?service=checkout"
FORM = {
    "name": "Disk",
    "unit": "GiB",
    "limit": "500.5",
    "lead_time_days": "30",
    "unit_cost": "2",
    "currency": "eur",
    "source": "push",
    "aggregation": "p95",
    "fit_days": "90",
    "warn_on": "likely",
    "headroom": "30",
}


def test_first_the_service_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    assert URL.encode() in client_for(alice).get("/capacity/new/").content


def test_a_resource_is_made(service: Any, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(URL, FORM)
    made = Resource.objects.get()
    assert response.url == f"/capacity/{made.public_id}/"
    assert (made.limit, made.headroom_ratio, made.currency) == (Decimal("500.5"), Decimal("0.3"), "EUR")


def test_a_probe_may_be_its_source(service: Any, alice: Any, client_for: Any) -> None:
    probe = ProbeFactory(service=service)
    client_for(alice).post(URL, {**FORM, "source": "probe", "probe": probe.public_id})
    assert Resource.objects.get().settings == {"probe": probe.public_id}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\x00b"),
        ("limit", "0"),
        ("limit", "NaN"),
        ("limit", "1e40"),
        ("fit_days", "3"),
        ("currency", "EURO"),
        ("source", "oracle"),
        ("probe", "prb_1"),
    ],
    ids=[str(number) for number in range(9)],
)
def test_wrong_input_loses_nothing(service: Any, alice: Any, client_for: Any, field: str, value: str) -> None:
    response = client_for(alice).post(URL, {**FORM, "description": "kept", field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert b"kept" in response.content
    assert not Resource.objects.exists()


def test_what_the_source_needs_is_told(service: Any, alice: Any, client_for: Any) -> None:
    body = client_for(alice).post(URL, {**FORM, "source": "prometheus"}).content.decode()
    assert "Give the server as a text." in body


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403
