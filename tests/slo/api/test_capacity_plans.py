"""Plans over the API."""

from datetime import datetime
from typing import Any

import pytest
import time_machine

from slo.models import CapacityPlan, Resource
from tests.factories.capacity import CapacityPlanFactory, PlanStepFactory, growing

pytestmark = pytest.mark.django_db
URL = "/api/v1/capacity-plans/"
STEP = {"what": "Buy a rack", "due_on": "2026-03-20", "cost": 800, "adds": 5}


def test_the_life_of_a_plan(service: Any, api_for: Any, now: datetime) -> None:
    resource, api = growing(service=service, until=now.date(), limit=100), api_for("slos:write", "slos:read")
    with time_machine.travel(now, tick=False):
        made = api.post(URL, {"resource": resource.public_id, "name": "Racks", "currency": "eur"})
        one = f"{URL}{made.json()['id']}/"
        assert api.post(f"{one}steps/", STEP).status_code == 201
        body = api.post(f"{one}budgets/", {"year": 2026, "quarter": 1, "amount": 1000}).json()
        assert api.get(one).json() == body
    assert (made.status_code, body["currency"], body["runs_out_on"]) == (201, "EUR", "2026-04-08")
    assert body["quarters"] == [{"label": "2026 Q1", "budget": 1000.0, "planned": 800.0, "paid": 0.0, "left": 200.0}]
    assert (body["compared_days"], body["error_ratio"], len(body["steps"])) == (0, None, 1)
    assert api.delete(one).status_code == 204
    assert api.get(URL).json()["items"] == []


def test_a_step_is_owned_and_done(service: Any, api_for: Any, bob: Any) -> None:
    step = PlanStepFactory(plan__resource__service=service)
    body = {"owner": bob.public_id, "status": "done", "actual_cost": 480}
    changed = api_for("slos:write").patch(f"/api/v1/capacity-steps/{step.public_id}/", body).json()
    assert (changed["owner"], changed["status"], changed["actual_cost"]) == (bob.public_id, "done", 480.0)
    assert Resource.objects.get().limit == 150


@pytest.mark.parametrize(
    ("field", "value"),
    [("what", ""), ("due_on", "x"), ("cost", -1), ("adds", "much"), ("status", "lost"), ("owner", "usr_1"), ("x", 1)],
)
def test_wrong_steps_are_named(service: Any, api_for: Any, field: str, value: Any) -> None:
    plan = CapacityPlanFactory(resource__service=service)
    response = api_for("slos:write").post(f"{URL}{plan.public_id}/steps/", {**STEP, field: value})
    assert (response.status_code, list(response.json()["errors"])) == (422, [field])


@pytest.mark.parametrize(("field", "value"), [("resource", "res_1"), ("name", ""), ("currency", "12")])
def test_wrong_plans_are_named(service: Any, api_for: Any, field: str, value: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), n=1)
    body = {"resource": resource.public_id, "name": "Racks", "currency": "EUR", field: value}
    response = api_for("slos:write").post(URL, body)
    assert (response.status_code, list(response.json()["errors"])) == (422, [field])
    assert not CapacityPlan.objects.exists()


def test_who_may_do_what(service: Any, api_for: Any, bob: Any, vera: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    step = PlanStepFactory(plan__resource__service=service)
    one, patch = f"{URL}{step.plan.public_id}/", f"/api/v1/capacity-steps/{step.public_id}/"
    assert api_for("slos:read", user=vera).get(one).status_code == 200
    apis = [api_for("slos:write", "slos:read", user=user) for user in (bob, charlie)]
    assert [api.patch(patch, {"what": "x"}).status_code for api in apis] == [403, 404]
    assert [api.delete(one).status_code for api in apis] == [403, 404]
