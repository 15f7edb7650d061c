"""Adding a probe by the form."""

from datetime import timedelta
from typing import Any

import pytest

from slo.models import Probe

pytestmark = pytest.mark.django_db
URL = "/probes/new/?service=checkout"
FORM = {
    "name": "Home",
    "kind": "http",
    "url": "https://example.com/",
    "method": "GET",
    "interval": "30",
    "timeout": "2.5",
    "expected_status": "200-299",
    "latency_limit": "800",
    "down_threshold": "3",
    "up_threshold": "2",
}


def test_first_the_service_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    assert URL.encode() in client_for(alice).get("/probes/new/").content


def test_a_probe_is_made(service: Any, alice: Any, client_for: Any) -> None:
    response = client_for(alice).post(URL, FORM)
    probe = Probe.objects.get()
    assert response.url == f"/probes/{probe.public_id}/"
    assert (probe.interval, probe.timeout) == (timedelta(seconds=30), timedelta(seconds=2.5))
    assert (probe.latency_limit, probe.keyword) == (timedelta(milliseconds=800), "")


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "ftp://example.com/"), ("expected_status", "2xx"), ("interval", "5"), ("timeout", "31")],
)
def test_wrong_input_loses_nothing(service: Any, alice: Any, client_for: Any, field: str, value: str) -> None:
    response = client_for(alice).post(URL, {**FORM, "keyword": "well", field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert b'value="well"' in response.content


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403
