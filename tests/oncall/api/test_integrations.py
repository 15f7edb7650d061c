"""Doors for machines through the API."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from oncall.models import IncomingEvent, Integration
from tests.factories.oncall import IntegrationFactory, PolicyFactory

ApiFor = Callable[..., APIClient]
URL = "/api/v1/integrations/"


@pytest.fixture
def api(api_for: ApiFor, alice: Any) -> APIClient:
    """Alice's token."""
    return api_for("oncall:read", "oncall:write", user=alice)


@pytest.fixture
def door(team: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team, settings={"hmac_secret": "sealed"})
    return made


def test_one_is_made_and_its_address_works(api: APIClient, team: Any, service: Any) -> None:
    policy = PolicyFactory(team=team)
    told = {"team": "payments", "name": "Prometheus", "kind": "alertmanager", "service": "checkout"}
    answer = api.post(URL, told | {"policy": policy.public_id, "group_by": ["alertname"]})
    made = answer.json()
    assert (answer.status_code, made["service"], made["policy"]) == (201, "checkout", policy.public_id)
    path = made["address"].partition("//")[2].partition("/")[2]
    assert Client().post(f"/{path}", {"alerts": []}, content_type="application/json").status_code == 202


def test_the_key_is_told_once_and_the_secret_never(api: APIClient, door: Integration) -> None:
    shown = api.get(f"{URL}{door.public_id}/").json()
    assert ("key" in shown, shown["is_signed"], shown["settings"]) == (False, True, {})
    assert [one["id"] for one in api.get(URL).json()["items"]] == [door.public_id]


def test_only_what_is_told_is_changed(api: APIClient, door: Integration) -> None:
    settings = {"severities": {"sev0": "critical"}}
    changed = api.patch(f"{URL}{door.public_id}/", {"rate_per_minute": 5, "settings": settings}).json()
    assert (changed["name"], changed["rate_per_minute"], changed["is_signed"]) == ("Prometheus", 5, True)
    assert changed["settings"] == settings


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"team": "search"}, "team"),
        ({"kind": "x"}, "kind"),
        ({"service": "no"}, "service"),
        ({"policy": "no"}, "policy"),
        ({"rate_per_minute": 0}, "rate_per_minute"),
        ({"settings": {"odd": 1}}, "settings.odd"),
        ({"settings": {"mapping": {"fields": {"titel": {}}}}}, "mapping"),
        ({"colour": "red"}, "colour"),
    ],
    ids=["team", "kind", "service", "policy", "rate", "setting", "mapping", "field"],
)
def test_what_is_wrong_is_named(api: APIClient, other_team: Any, told: dict[str, Any], field: str) -> None:
    answer = api.post(URL, {"team": "payments", "name": "X"} | told)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert not Integration.objects.exists()


def test_team_and_kind_stay(api: APIClient, door: Integration) -> None:
    assert api.patch(f"{URL}{door.public_id}/", {"kind": "mail"}).status_code == 422


def test_keys_rotate_and_end(api: APIClient, door: Integration) -> None:
    rotated = api.post(f"{URL}{door.public_id}/rotate/").json()
    assert (len(rotated["key"]), bool(rotated["previous_key_until"])) == (32, True)
    assert api.post(f"{URL}{door.public_id}/revoke/").json()["revoked_at"]
    assert api.post(f"{URL}{door.public_id}/rotate/").status_code == 409


def test_a_test_alert_stands_among_what_came_in(api: APIClient, door: Integration) -> None:
    answer = api.post(f"{URL}{door.public_id}/test/", {"severity": "warning"})
    (post,) = api.get(f"{URL}{door.public_id}/incoming/").json()["items"]
    assert (answer.status_code, post["result"], post["signals"][0]["severity"]) == (202, "pending", "warning")


def test_a_body_is_tried_and_nothing_saved(api: APIClient) -> None:
    settings = {"mapping": {"fields": {"title": {"path": "$.a"}}}}
    answer = api.post(f"{URL}preview/", {"body": json.dumps({"a": "Free the disk"}), "settings": settings})
    assert [one["title"] for one in answer.json()["signals"]] == ["Free the disk"]
    assert not IncomingEvent.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"body": "{"}, "body.non_field_errors"),
        ({"body": "{}", "kind": "alertmanager"}, "body.alerts"),
        ({"body": "{}", "settings": {"default_severity": "odd"}}, "settings.default_severity"),
    ],
    ids=["json", "alerts", "settings"],
)
def test_a_body_that_does_not_fit_says_why(api: APIClient, told: dict[str, Any], field: str) -> None:
    answer = api.post(f"{URL}preview/", told)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


def test_a_responder_reads_and_changes_nothing(api_for: ApiFor, bob: Any, door: Integration) -> None:
    client = api_for("oncall:read", "oncall:write", user=bob)
    assert client.get(f"{URL}{door.public_id}/").status_code == 200
    posts = [client.post(f"{URL}{door.public_id}/{action}/").status_code for action in ("rotate", "revoke", "test")]
    assert posts == [403, 403, 403]


def test_without_the_scope_nothing_is_told(api_for: ApiFor, alice: Any, door: Integration) -> None:
    assert api_for("alerts:read", user=alice).get(URL).status_code == 403
