"""The money of a quarter."""

from typing import Any

import pytest

from slo.models import PlanBudget
from tests.factories.capacity import CapacityPlanFactory

pytestmark = pytest.mark.django_db
FORM = {"year": "2026", "quarter": "2", "amount": "1500.50"}


def test_a_budget_is_set(service: Any, alice: Any, client_for: Any) -> None:
    plan = CapacityPlanFactory(resource__service=service)
    assert client_for(alice).post(f"/capacity/plans/{plan.public_id}/budget/", FORM).status_code == 302
    assert str(PlanBudget.objects.get().amount) == "1500.500000"


@pytest.mark.parametrize(("field", "value"), [("year", "1"), ("quarter", "5"), ("amount", "-1")])
def test_wrong_input_is_named(service: Any, alice: Any, client_for: Any, field: str, value: str) -> None:
    plan = CapacityPlanFactory(resource__service=service)
    response = client_for(alice).post(f"/capacity/plans/{plan.public_id}/budget/", {**FORM, field: value})
    assert field in response.context["form"].errors


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    plan = CapacityPlanFactory(resource__service=service)
    assert client_for(bob).post(f"/capacity/plans/{plan.public_id}/budget/", FORM).status_code == 403
