"""Heartbeats over the API."""

from typing import Any

import pytest

from slo.models import Heartbeat, HeartbeatRun
from slo.services.heartbeat_rows import key_of
from tests.factories.sources import HeartbeatFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/heartbeats/"
BODY = {"service": "checkout", "name": "Nightly", "schedule_kind": "cron", "expression": "0 3 * * *"}


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, state="up")
    return made


def test_a_heartbeat_is_made_and_can_be_pinged(service: Any, api_for: Any) -> None:
    client = api_for("slos:write")
    response = client.post(URL, BODY | {"zone": "Europe/Vienna", "grace_seconds": 600}, format="json")
    assert response.status_code == 201
    assert response.json()["state"] == "new"
    assert client.get(response.json()["ping_url"].removeprefix("http://localhost:8000")).status_code == 200


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"expression": "soon"}, ["expression"]),
        ({"zone": "Mars"}, ["zone"]),
        ({"paused": True}, ["paused"]),
        ({"grace_seconds": 0}, ["grace"]),
        ({"schedule_kind": "odd", "color": 1}, ["color", "schedule_kind"]),
        ({"service": "nothing"}, ["service"]),
    ],
    ids=range(6),
)
def test_what_is_wrong_is_named(service: Any, api_for: Any, change: Any, fields: list[str]) -> None:
    response = api_for("slos:write").post(URL, BODY | change, format="json")
    assert (response.status_code, sorted(response.json()["errors"])) == (422, fields)


def test_heartbeats_are_found(heartbeat: Heartbeat, api_for: Any) -> None:
    HeartbeatFactory(state="down")
    client = api_for("slos:read")
    assert [one["id"] for one in client.get(f"{URL}?state=up").json()["items"]] == [heartbeat.public_id]
    assert client.get(f"{URL}?state=odd").status_code == 422


def test_a_heartbeat_is_changed_paused_and_resumed(heartbeat: Heartbeat, api_for: Any) -> None:
    client, url = api_for("slos:write", "slos:read"), f"{URL}{heartbeat.public_id}/"
    response = client.patch(url, {"name": "other", "paused": True}, format="json", HTTP_IF_MATCH='"1"')
    assert (response.json()["name"], response.json()["state"]) == ("other", "paused")
    assert client.patch(url, {"paused": False}, format="json").json()["state"] == "new"
    assert client.patch(url, {}, format="json", HTTP_IF_MATCH='"1"').status_code == 412
    assert client.patch(url, {"service": "x"}, format="json").status_code == 422


def test_a_key_is_rotated(heartbeat: Heartbeat, api_for: Any) -> None:
    before = key_of(heartbeat)
    response = api_for("slos:write").post(f"{URL}{heartbeat.public_id}/rotate-key/")
    assert response.status_code == 200
    assert before not in response.json()["ping_url"]


def test_runs_are_listed(heartbeat: Heartbeat, now: Any, api_for: Any) -> None:
    HeartbeatRun.objects.create(heartbeat=heartbeat, at=now, outcome="failed", exit_code=3, note="It ended.")
    (run,) = api_for("slos:read").get(f"{URL}{heartbeat.public_id}/runs/").json()["items"]
    assert (run["outcome"], run["exit_code"], run["duration_seconds"]) == ("failed", 3, None)


def test_a_heartbeat_is_removed(heartbeat: Heartbeat, api_for: Any) -> None:
    assert api_for("slos:write").delete(f"{URL}{heartbeat.public_id}/").status_code == 204
    assert not Heartbeat.objects.exists()


def test_the_address_is_for_those_who_may_ping(heartbeat: Heartbeat, api_for: Any, bob: Any, vera: Any) -> None:
    url = f"{URL}{heartbeat.public_id}/"
    assert key_of(heartbeat) in api_for("slos:read", user=bob).get(url).json()["ping_url"]
    assert api_for("slos:read", user=vera).get(url).json()["ping_url"] is None


def test_only_managers_change(heartbeat: Heartbeat, api_for: Any, bob: Any) -> None:
    client, url = api_for("slos:write", user=bob), f"{URL}{heartbeat.public_id}/"
    answers = [client.patch(url, {}, format="json"), client.delete(url), client.post(f"{url}rotate-key/")]
    answers.append(client.post(URL, BODY, format="json"))
    assert [answer.status_code for answer in answers] == [403] * 4


def test_a_heartbeat_of_a_private_team_is_not_found(heartbeat: Heartbeat, api_for: Any, charlie: Any) -> None:
    heartbeat.service.team.is_private = True
    heartbeat.service.team.save()
    client = api_for("slos:read", user=charlie)
    assert client.get(f"{URL}{heartbeat.public_id}/").status_code == 404
    assert client.get(f"{URL}{heartbeat.public_id}/runs/").status_code == 404
