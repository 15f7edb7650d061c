"""Known events and load tests over the API."""

from typing import Any

import pytest

from slo.models import Resource
from tests.factories.capacity import KnownEventFactory, ResourceFactory

pytestmark = pytest.mark.django_db
EVENT = {"name": "Sale", "starts_on": "2026-03-20", "ends_on": "2026-03-22", "multiplier": 1.5}
TEST = {"tested_on": "2026-03-01", "per_instance": 120, "target": "p95 < 300 ms"}


@pytest.fixture
def resource(service: Any) -> Resource:
    found: Resource = ResourceFactory(service=service)
    return found


@pytest.fixture
def url(resource: Resource) -> str:
    return f"/api/v1/resources/{resource.public_id}/"


def test_events_are_added_listed_and_taken_away(url: str, api_for: Any) -> None:
    api = api_for("slos:write", "slos:read")
    made = api.post(f"{url}events/", {**EVENT, "whole_service": True, "is_yearly": True})
    assert (made.status_code, made.json()["whole_service"], made.json()["multiplier"]) == (201, True, 1.5)
    assert [item["id"] for item in api.get(f"{url}events/").json()["items"]] == [made.json()["id"]]
    assert [api.delete(f"{url}events/{made.json()['id']}/").status_code for _ in range(2)] == [204, 404]
    assert api.get(f"{url}events/").json()["items"] == []


def test_an_event_of_another_service_is_not_there(url: str, api_for: Any) -> None:
    event = KnownEventFactory()
    assert api_for("slos:write").delete(f"{url}events/{event.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("ends_on", "2026-03-01"), ("starts_on", "soon"), ("multiplier", 0), ("name", ""), ("colour", "red")],
)
def test_wrong_events_are_named(url: str, api_for: Any, field: str, value: Any) -> None:
    response = api_for("slos:write").post(f"{url}events/", {**EVENT, field: value})
    assert (response.status_code, list(response.json()["errors"])) == (422, [field])


def test_a_pipeline_records_a_load_test(url: str, api_for: Any, bob: Any) -> None:
    api = api_for("slos:write", "slos:read", user=bob)
    made = api.post(f"{url}load-tests/", TEST)
    assert (made.status_code, made.json()["per_instance"]) == (201, 120.0)
    assert [item["target"] for item in api.get(f"{url}load-tests/").json()["items"]] == ["p95 < 300 ms"]


@pytest.mark.parametrize(("field", "value"), [("per_instance", 0), ("tested_on", "2999-01-01"), ("target", " ")])
def test_wrong_load_tests_are_named(url: str, api_for: Any, field: str, value: Any) -> None:
    response = api_for("slos:write").post(f"{url}load-tests/", {**TEST, field: value})
    assert (response.status_code, list(response.json()["errors"])) == (422, [field])


def test_who_may_do_what(url: str, resource: Resource, api_for: Any, bob: Any, vera: Any, charlie: Any) -> None:
    resource.service.team.is_private = True
    resource.service.team.save()
    events = [api_for("slos:write", user=user).post(f"{url}events/", EVENT).status_code for user in (bob, charlie)]
    tests = [api_for("slos:write", user=user).post(f"{url}load-tests/", TEST).status_code for user in (vera, charlie)]
    assert (events, tests) == ([403, 404], [403, 404])
