"""Escalation policies through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import EscalationPolicy
from tests.factories.oncall import PolicyFactory

ApiFor = Callable[..., APIClient]
URL = "/api/v1/escalation-policies/"


@pytest.fixture
def policy(team: Any) -> EscalationPolicy:
    made: EscalationPolicy = PolicyFactory(team=team)
    return made


@pytest.fixture
def api(api_for: ApiFor, alice: Any) -> APIClient:
    """Alice's token."""
    return api_for("oncall:read", "oncall:write", user=alice)


def test_a_policy_is_read(api: APIClient, policy: EscalationPolicy) -> None:
    shown = api.get(f"{URL}{policy.public_id}/").json()
    assert [step["target"] for step in shown["steps"]] == ["primary", "secondary", "team"]
    assert api.get(URL).json()["items"] == [shown]


def test_steps_change_and_the_rest_stays(api: APIClient, policy: EscalationPolicy, bob: Any) -> None:
    steps = [{"target": "person", "after_minutes": 2, "user": "bob@example.com"}]
    answer = api.patch(f"{URL}{policy.public_id}/", {"steps": steps})
    assert answer.json()["steps"] == [steps[0] | {"user": bob.public_id}]
    assert (answer.json()["repeat"], answer["ETag"]) == (1, '"2"')


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"target": "dog", "after_minutes": 0}],
        [{"target": "person", "after_minutes": 0}],
        [{"target": "team", "after_minutes": 5}, {"target": "team", "after_minutes": 1}],
    ],
)
def test_unsound_steps_are_named(api: APIClient, policy: EscalationPolicy, steps: list[dict[str, Any]]) -> None:
    answer = api.patch(f"{URL}{policy.public_id}/", {"steps": steps})
    assert answer.status_code == 422
    assert all(name.startswith("steps") for name in answer.json()["errors"])


def test_a_responder_may_not_change_it(api_for: ApiFor, bob: Any, policy: EscalationPolicy) -> None:
    assert api_for("oncall:write", user=bob).patch(f"{URL}{policy.public_id}/", {"repeat": 0}).status_code == 403


def test_an_unknown_policy_is_not_found(api: APIClient) -> None:
    assert api.get(f"{URL}pol_x/").status_code == 404
