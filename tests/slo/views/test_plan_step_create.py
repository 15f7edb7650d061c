"""Adding a step to a plan."""

from typing import Any

import pytest

from slo.models import PlanStep
from tests.factories.capacity import CapacityPlanFactory

pytestmark = pytest.mark.django_db
FORM = {"what": "Buy a rack", "due_on": "2026-04-01", "cost": "500", "adds": "50", "status": "planned"}


def test_a_step_has_an_owner_of_the_team(service: Any, alice: Any, bob: Any, client_for: Any) -> None:
    plan = CapacityPlanFactory(resource__service=service)
    url = f"/capacity/plans/{plan.public_id}/steps/new/"
    assert client_for(alice).post(url, {**FORM, "owner": bob.public_id}).status_code == 302
    assert PlanStep.objects.get().owner == bob


@pytest.mark.parametrize(
    ("field", "value"),
    [("what", ""), ("due_on", "x"), ("cost", "-1"), ("adds", "much"), ("status", "lost"), ("owner", "usr_1")],
)
def test_wrong_input_is_named(service: Any, alice: Any, client_for: Any, field: str, value: str) -> None:
    plan = CapacityPlanFactory(resource__service=service)
    response = client_for(alice).post(f"/capacity/plans/{plan.public_id}/steps/new/", {**FORM, field: value})
    assert field in response.context["form"].errors


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    plan = CapacityPlanFactory(resource__service=service)
    assert client_for(bob).post(f"/capacity/plans/{plan.public_id}/steps/new/", FORM).status_code == 403
