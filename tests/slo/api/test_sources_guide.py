"""The examples of docs/guides/sources.md, sent as they stand."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from slo.services.heartbeat_rows import key_of
from tests.factories.sources import HeartbeatFactory, PrometheusServerFactory, push_sli

pytestmark = pytest.mark.django_db

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "sources.md").read_text()
PROMETHEUS, PUSH, HEARTBEAT = (json.loads(text) for text in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL))


def test_the_heartbeat_example_answers_with_an_address_to_ping(service: Any, api_for: Any) -> None:
    response = api_for("slos:write").post("/api/v1/heartbeats/", HEARTBEAT, format="json")
    assert (response.status_code, "/ingest/heartbeat/" in response.json()["ping_url"]) == (201, True)


def test_the_prometheus_example_makes_an_sli(service: Any, api_for: Any) -> None:
    PROMETHEUS["settings"]["server"] = PrometheusServerFactory(team=service.team).public_id
    response = api_for("slos:write").post("/api/v1/slis/", PROMETHEUS, format="json")
    assert response.status_code == 201


def test_the_pushed_example_is_taken(service: Any, now: Any, api_for: Any) -> None:
    client, sli = api_for("slos:write"), push_sli(service=service)
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        response = client.post(f"/api/v1/slis/{sli.public_id}/counts/", PUSH, format="json")
    assert response.json()["minutes"] == PUSH["minutes"]


def test_the_addresses_of_heartbeats_answer(service: Any, client: Any) -> None:
    key = key_of(HeartbeatFactory(service=service))
    paths = re.findall(r"^\| `(/ingest/heartbeat/\S+?)`|^\| `(/ingest/heartbeat/.*?)`", GUIDE, re.MULTILINE)
    found = [(first or second).replace("<key>", key).replace("<0 to 255>", "255") for first, second in paths]
    assert [client.get(path).status_code for path in found] == [200] * 4
