"""Recording a load test."""

from typing import Any

import pytest

from slo.models import LoadTest
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db
FORM = {"tested_on": "2026-03-01", "per_instance": "120", "target": "p95 < 300 ms", "url": "https://example.com/r"}


def test_a_test_is_recorded(service: Any, bob: Any, client_for: Any) -> None:
    resource = ResourceFactory(service=service)
    assert client_for(bob).post(f"/capacity/{resource.public_id}/load-tests/new/", FORM).status_code == 302
    assert LoadTest.objects.get().per_instance == 120


@pytest.mark.parametrize(
    ("field", "value"),
    [("tested_on", "2999-01-01"), ("per_instance", "0"), ("target", ""), ("url", "javascript:alert(1)")],
    ids=["to come", "zero", "no target", "no address"],
)
def test_wrong_input_is_named(service: Any, bob: Any, client_for: Any, field: str, value: str) -> None:
    url = f"/capacity/{ResourceFactory(service=service).public_id}/load-tests/new/"
    assert field in client_for(bob).post(url, {**FORM, field: value}).context["form"].errors


def test_a_viewer_may_not(service: Any, vera: Any, client_for: Any) -> None:
    url = f"/capacity/{ResourceFactory(service=service).public_id}/load-tests/new/"
    assert client_for(vera).post(url, FORM).status_code == 403
