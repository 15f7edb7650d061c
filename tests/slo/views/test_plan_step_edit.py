"""Changing a step."""

from typing import Any

import pytest

from slo.models import PlanStep, Resource
from tests.factories.capacity import PlanStepFactory
from tests.slo.views.test_plan_step_create import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(service: Any) -> PlanStep:
    found: PlanStep = PlanStepFactory(plan__resource__service=service)
    return found


def test_a_step_that_is_done_raises_the_limit(step: PlanStep, alice: Any, client_for: Any) -> None:
    url = f"/capacity/steps/{step.public_id}/"
    assert client_for(alice).get(url).context["form"]["cost"].value() == "500"
    assert client_for(alice).post(url, {**FORM, "status": "done", "actual_cost": "480"}).status_code == 302
    assert (Resource.objects.get().limit, PlanStep.objects.get().actual_cost) == (150, 480)


def test_a_refusal_is_told(step: PlanStep, alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/capacity/steps/{step.public_id}/"
    client.post(url, {**FORM, "status": "done"})
    Resource.objects.update(limit=10)
    assert b"no capacity left" in client.post(url, FORM).content


@pytest.mark.parametrize(("name", "status"), [("bob", 403), ("charlie", 404)])
def test_others_may_not(request: Any, step: PlanStep, client_for: Any, name: str, status: int) -> None:
    step.plan.resource.service.team.is_private = True
    step.plan.resource.service.team.save()
    url = f"/capacity/steps/{step.public_id}/"
    assert client_for(request.getfixturevalue(name)).post(url, FORM).status_code == status
