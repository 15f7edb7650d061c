"""Escalation policies through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import EscalationPolicy, Page
from tests.factories.catalog import ServiceFactory
from tests.factories.oncall import PolicyFactory

ApiFor = Callable[..., APIClient]
URL = "/api/v1/escalation-policies/"
TEAM = {"kind": "notify", "targets": [{"kind": "team"}]}


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
    assert [step["kind"] for step in shown["steps"]][:2] == ["notify", "wait"]
    assert api.get(URL).json()["items"] == [shown]


def test_every_kind_of_step_comes_back_as_it_was_sent(api: APIClient, policy: EscalationPolicy, schedule: Any) -> None:
    other = PolicyFactory(team=policy.team, is_default=False)
    targets = [{"kind": "schedule", "id": schedule.public_id, "role": "primary"}, {"kind": "team", "team": "payments"}]
    hours = {"kind": "if_hours", "weekdays": ["mon", "sun"], "from": "22:00", "to": "06:00", "time_zone": "Asia/Tokyo"}
    steps = [{"kind": "notify", "targets": targets}, {"kind": "wait", "minutes": 5}, hours | {"covers": 2}]
    steps += [{"kind": "repeat_from", "from_step": 1, "times": None}]
    steps += [{"kind": "if_severity", "severities": ["info"], "covers": 1}, {"kind": "resolve"}]
    steps += [{"kind": "jump", "policy": other.public_id}]
    assert api.patch(f"{URL}{policy.public_id}/", {"steps": steps}).json()["steps"] == steps


def test_a_person_is_named_by_mail_or_id(api: APIClient, policy: EscalationPolicy, bob: Any) -> None:
    steps = [{"kind": "notify", "targets": [{"kind": "person", "id": "bob@example.com"}]}]
    answer = api.patch(f"{URL}{policy.public_id}/", {"steps": steps})
    assert answer.json()["steps"][0]["targets"] == [{"kind": "person", "id": bob.public_id}]
    assert (answer.json()["name"], answer["ETag"]) == ("Escalation", '"2"')


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ([], "steps"),
        ([{"kind": "notify", "targets": [{"kind": "dog"}]}], "steps.0.targets.0.kind"),
        ([{"kind": "notify", "targets": [{"kind": "person"}]}], "steps.0.targets"),
        ([{"kind": "notify", "targets": [{"kind": "person", "id": "usr_x"}]}], "steps.0.targets"),
        ([{"kind": "notify"}], "steps.0.targets"),
        ([TEAM, {"kind": "wait"}], "steps.1.minutes"),
        ([TEAM, {"kind": "jump", "policy": "pol_x"}], "steps.1.policy"),
        ([TEAM, {"kind": "repeat_from", "from_step": 2, "times": 1}], "steps.1.from_step"),
        ([TEAM | {"minutes": 5}], "steps.0.minutes"),
        ([{"kind": "notify", "targets": [{"kind": "team", "id": "usr_x"}]}], "steps.0.targets.0.id"),
    ],
)
def test_unsound_steps_are_named(
    api: APIClient, policy: EscalationPolicy, steps: list[dict[str, Any]], field: str
) -> None:
    answer = api.patch(f"{URL}{policy.public_id}/", {"steps": steps})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


def test_all_that_is_wrong_is_named_at_once(api: APIClient, policy: EscalationPolicy) -> None:
    shapeless = [{"kind": "wait"}, {"kind": "jump"}, {"kind": "resolve", "minutes": 1}]
    answer = api.post(URL, {"team": "payments", "name": "", "steps": shapeless})
    assert set(answer.json()["errors"]) == {"name", "steps.0.minutes", "steps.1.policy", "steps.2.minutes"}
    unknown = [{"kind": "jump", "policy": "pol_x"}, {"kind": "notify", "targets": [{"kind": "point", "id": "cpt_x"}]}]
    answer = api.post(URL, {"team": "nobody", "name": "x", "steps": unknown, "services": ["none"]})
    assert set(answer.json()["errors"]) == {"team", "steps.0.policy", "steps.1.targets", "services"}


def test_a_policy_does_not_jump_to_itself(api: APIClient, policy: EscalationPolicy) -> None:
    steps = [TEAM, {"kind": "jump", "policy": policy.public_id}]
    answer = api.patch(f"{URL}{policy.public_id}/", {"steps": steps})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["steps.1.policy"])


def test_what_another_policy_names_is_not_archived(api: APIClient, policy: EscalationPolicy) -> None:
    told = {"team": "payments", "name": "Nights", "steps": [TEAM]}
    wanted = api.post(URL, told).json()["id"]
    api.post(URL, told | {"name": "Days", "steps": [{"kind": "jump", "policy": wanted}]})
    answer = api.delete(f"{URL}{wanted}/")
    assert (answer.status_code, "the policy Days of Payments" in answer.json()["detail"]) == (409, True)


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_an_instant_out_of_reach_is_refused(api: APIClient, policy: EscalationPolicy, at: str) -> None:
    answer = api.post(f"{URL}{policy.public_id}/preview/", {"at": at})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["at"])


def test_a_policy_is_made_and_archived(api: APIClient, team: Any, policy: EscalationPolicy) -> None:
    service = ServiceFactory(team=team)
    told = {"team": "payments", "name": "Nights", "steps": [TEAM], "services": [service.slug]}
    made = api.post(URL, told)
    assert (made.status_code, made.json()["services"], made.json()["is_default"]) == (201, [service.slug], False)
    assert api.delete(f"{URL}{made.json()['id']}/").status_code == 204
    assert [one["id"] for one in api.get(URL).json()["items"]] == [policy.public_id]


def test_a_preview_says_who_is_paged_when_and_pages_nobody(
    api: APIClient, policy: EscalationPolicy, schedule: Any
) -> None:
    answer = api.post(f"{URL}{policy.public_id}/preview/", {"at": "2026-03-11T12:00:00Z", "severity": "critical"})
    asks = [(ask["offset_seconds"], ask["people"]) for ask in answer.json()["asks"]]
    assert asks[:3] == [(0, ["Bob"]), (300, ["Alice"]), (600, ["Alice", "Bob"])]
    assert (answer.json()["walks"], answer.json()["ending"], Page.objects.count()) == (True, "end", 0)


def test_a_preview_for_an_unknown_service_is_refused(api: APIClient, policy: EscalationPolicy) -> None:
    answer = api.post(f"{URL}{policy.public_id}/preview/", {"service": "none"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["service"])


def test_a_responder_may_not_change_it(api_for: ApiFor, bob: Any, policy: EscalationPolicy) -> None:
    api = api_for("oncall:write", user=bob)
    one = f"{URL}{policy.public_id}/"
    made = api.post(URL, {"team": "payments", "name": "x", "steps": [TEAM]})
    assert [made.status_code, api.patch(one, {"name": "x"}).status_code, api.delete(one).status_code] == [403] * 3


def test_an_unknown_policy_is_not_found(api: APIClient) -> None:
    assert api.get(f"{URL}pol_x/").status_code == 404
