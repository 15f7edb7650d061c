"""Schedules through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule

ApiFor = Callable[..., APIClient]
URL = "/api/v1/schedules/"
TOLD = {
    "team": "payments",
    "name": "Weekly",
    "time_zone": "Europe/Berlin",
    "handoff_weekday": "monday",
    "handoff_time": "09:00",
    "members": ["alice@example.com", "bob@example.com"],
}


@pytest.fixture
def api(api_for: ApiFor, alice: Any, bob: Any, stopped: datetime) -> APIClient:
    """Alice's token."""
    return api_for("oncall:read", "oncall:write", user=alice)


def test_a_manager_publishes_and_reads_it_back(api: APIClient, alice: Any, bob: Any) -> None:
    made = api.post(URL, TOLD)
    assert made.status_code == 201
    shown = made.json() | {"id": "", "definition": {}}
    assert shown == TOLD | {"id": "", "definition": {}, "members": [alice.public_id, bob.public_id]}
    assert api.get(f"{URL}{made.json()['id']}/").json() == made.json()
    assert api.get(URL).json()["items"] == [made.json()]


def test_a_responder_may_not(api_for: ApiFor, bob: Any) -> None:
    assert api_for("oncall:write", user=bob).post(URL, TOLD).status_code == 403


def test_one_field_may_change_and_the_rest_stays(api: APIClient, schedule: Schedule) -> None:
    answer = api.patch(f"{URL}{schedule.public_id}/", {"name": "Other"}, HTTP_IF_MATCH='"1"')
    assert (answer.status_code, answer["ETag"], answer.json()["name"]) == (200, '"2"', "Other")
    assert answer.json()["handoff_time"] == "09:00"


def test_a_stale_change_is_refused(api: APIClient, schedule: Schedule) -> None:
    url = f"{URL}{schedule.public_id}/"
    assert api.patch(url, {"name": "Other"}, HTTP_IF_MATCH='"7"').status_code == 412


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"handoff_weekday": "someday"}, "handoff_weekday"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"handoff_time": "9:00"}, "handoff_time"),
        ({"handoff_time": "09:00:30"}, "handoff_time"),
        ({"members": []}, "members"),
        ({"members": ["nobody@example.com"]}, "members"),
        ({"layers": []}, "layers"),
    ],
)
def test_bad_input_is_named(api: APIClient, changes: dict[str, Any], field: str) -> None:
    answer = api.post(URL, TOLD | changes)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


DEFINITION: dict[str, Any] = {
    "time_zone": "UTC",
    "layers": [
        {
            "name": "days",
            "role": "primary",
            "rotation": {"kind": "daily", "interval": 1, "starts_at": "2026-03-02T09:00"},
            "participants": [["alice@example.com"], ["bob@example.com"]],
        }
    ],
}


def test_a_definition_goes_in_and_comes_out(api: APIClient, alice: Any, bob: Any) -> None:
    made = api.post(URL, {"team": "payments", "name": "Daily", "definition": DEFINITION})
    assert made.status_code == 201
    assert made.json()["definition"]["layers"][0]["participants"] == [[alice.public_id], [bob.public_id]]
    assert "members" not in made.json()


def test_a_definition_is_judged_by_the_path(api: APIClient) -> None:
    broken = {"layers": [DEFINITION["layers"][0] | {"level": "high"}]}
    answer = api.post(URL, {"team": "payments", "name": "Daily", "definition": broken})
    assert list(answer.json()["errors"]) == ["definition.layers.0.level"]


def test_a_change_may_be_planned_and_versions_are_listed(api: APIClient, schedule: Schedule) -> None:
    told = {"definition": DEFINITION, "effective_from": "2026-04-01T00:00:00Z", "note": "Days"}
    assert api.patch(f"{URL}{schedule.public_id}/", told, HTTP_IF_MATCH='"1"').status_code == 200
    planned, current = api.get(f"{URL}{schedule.public_id}/versions/").json()["items"]
    assert (planned["note"], planned["effective_until"]) == ("Days", None)
    assert current["effective_until"] == planned["effective_from"] == "2026-04-01T00:00:00Z"


def test_archiving_puts_nobody_on_call(api: APIClient, schedule: Schedule) -> None:
    assert api.delete(f"{URL}{schedule.public_id}/").status_code == 204
    assert api.get("/api/v1/oncall/now/").json()["items"] == []
