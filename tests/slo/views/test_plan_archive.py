"""Ending a plan."""

from typing import Any

import pytest

from slo.models import CapacityPlan
from tests.factories.capacity import CapacityPlanFactory

pytestmark = pytest.mark.django_db


def test_it_asks_first(service: Any, alice: Any, client_for: Any) -> None:
    url = f"/capacity/plans/{CapacityPlanFactory(resource__service=service).public_id}/end/"
    assert b"End More disks?" in client_for(alice).get(url).content
    assert client_for(alice).post(url).status_code == 302
    assert CapacityPlan.objects.get().archived_at is not None


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    url = f"/capacity/plans/{CapacityPlanFactory(resource__service=service).public_id}/end/"
    assert client_for(bob).post(url).status_code == 403
