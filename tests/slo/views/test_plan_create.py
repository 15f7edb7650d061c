"""Beginning a plan."""

from typing import Any

import pytest

from slo.models import CapacityPlan
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db


def test_a_plan_begins(service: Any, alice: Any, client_for: Any) -> None:
    url = f"/capacity/{ResourceFactory(service=service).public_id}/plans/new/"
    assert b"EUR" in client_for(alice).get(url).content
    response = client_for(alice).post(url, {"name": "Racks", "currency": "chf"})
    plan = CapacityPlan.objects.get()
    assert (response.url, plan.currency) == (f"/capacity/plans/{plan.public_id}/", "CHF")


def test_wrong_input_is_named(service: Any, alice: Any, client_for: Any) -> None:
    url = f"/capacity/{ResourceFactory(service=service).public_id}/plans/new/"
    errors = client_for(alice).post(url, {"name": "", "currency": "12"}).context["form"].errors
    assert "name" in errors


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(f"/capacity/{ResourceFactory(service=service).public_id}/plans/new/").status_code == 403
