"""Schedules through the API."""

from collections.abc import Callable
from datetime import datetime, timedelta
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


def test_shifts_are_the_resolvers(api: APIClient, schedule: Schedule, stopped: datetime) -> None:
    span = {"from": stopped.isoformat(), "to": (stopped + timedelta(weeks=1)).isoformat()}
    found = api.get(f"{URL}{schedule.public_id}/shifts/", span).json()["items"]
    assert [one["people"][0]["name"] for one in found if one["role"] == "primary"] == ["Alice", "Bob"]


def test_a_reversed_range_is_named(api: APIClient, schedule: Schedule) -> None:
    span = {"from": "2026-03-05T00:00:00Z", "to": "2026-03-04T00:00:00Z"}
    assert "to" in api.get(f"{URL}{schedule.public_id}/shifts/", span).json()["errors"]
