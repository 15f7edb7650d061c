"""Adding a launch or a season."""

from typing import Any

import pytest

from slo.models import KnownEvent
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db
FORM = {"name": "Sale", "starts_on": "2026-03-20", "ends_on": "2026-03-22", "multiplier": "1.5"}


def test_an_event_of_the_resource_or_of_the_whole_service(service: Any, alice: Any, client_for: Any) -> None:
    resource = ResourceFactory(service=service)
    url = f"/capacity/{resource.public_id}/events/new/"
    assert client_for(alice).post(url, FORM).url == f"/capacity/{resource.public_id}/"
    client_for(alice).post(url, {**FORM, "whole_service": "on", "is_yearly": "on"})
    found = KnownEvent.objects.order_by("pk").values_list("resource", "is_yearly")
    assert list(found) == [(resource.pk, False), (None, True)]


@pytest.mark.parametrize(
    ("field", "value"),
    [("ends_on", "2026-03-19"), ("starts_on", "soon"), ("multiplier", "0"), ("multiplier", "many"), ("name", "")],
    ids=["ends first", "no day", "zero", "word", "no name"],
)
def test_wrong_input_is_named(service: Any, alice: Any, client_for: Any, field: str, value: str) -> None:
    url = f"/capacity/{ResourceFactory(service=service).public_id}/events/new/"
    assert field in client_for(alice).post(url, {**FORM, field: value}).context["form"].errors


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    url = f"/capacity/{ResourceFactory(service=service).public_id}/events/new/"
    assert client_for(bob).post(url, FORM).status_code == 403
