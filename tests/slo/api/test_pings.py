from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from slo.models import Heartbeat, HeartbeatRun
from tests.factories.sources import HeartbeatFactory

RID = "6f2f8e0a-0d0f-4d57-9d3a-1a4f4f0f3b11"


@pytest.fixture
def heartbeat(service: Any) -> Heartbeat:
    made: Heartbeat = HeartbeatFactory(service=service, key="k")
    return made


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("slash", ["", "/"], ids=["plain", "slash"])
def test_a_job_reports_as_it_can(client: Client, heartbeat: Heartbeat, method: str, slash: str) -> None:
    response = getattr(client, method)(f"/ingest/heartbeat/k{slash}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    heartbeat.refresh_from_db()
    assert heartbeat.state == "up"


@pytest.mark.parametrize(
    ("action", "outcome", "code"),
    [("start", "running", None), ("fail", "failed", None), ("0", "ok", 0), ("7/", "failed", 7), ("255", "failed", 255)],
)
def test_the_address_says_how_it_went(
    client: Client, heartbeat: Heartbeat, action: str, outcome: str, code: Any
) -> None:
    assert client.get(f"/ingest/heartbeat/k/{action}").status_code == 200
    run = HeartbeatRun.objects.get()
    assert (run.outcome, run.exit_code) == (outcome, code)


@pytest.mark.parametrize("path", ["x", "k/stop", "k/256", "k/-1", "k/\u0664", "k/00001", "k" * 65, "k/start/x"])
def test_what_is_unknown_tells_nothing(client: Client, heartbeat: Heartbeat, path: str) -> None:
    assert client.get(f"/ingest/heartbeat/{path}").status_code == 404
    assert not HeartbeatRun.objects.exists()


def test_a_run_has_an_id(client: Client, heartbeat: Heartbeat) -> None:
    client.get(f"/ingest/heartbeat/k/start?rid={RID}")
    client.get(f"/ingest/heartbeat/k?rid={RID}")
    run = HeartbeatRun.objects.get()
    assert (str(run.rid), run.outcome) == (RID, "ok")
    assert run.duration is not None


def test_a_run_id_is_a_uuid(client: Client, heartbeat: Heartbeat) -> None:
    response = client.get("/ingest/heartbeat/k?rid=first")
    assert (response.status_code, response.content) == (400, b"rid must be a UUID\n")


def test_ten_kilobytes_of_what_it_wrote_are_kept(client: Client, heartbeat: Heartbeat) -> None:
    client.post("/ingest/heartbeat/k/fail", b"\xff\x00" + b"a" * 20_000, content_type="application/octet-stream")
    sample = HeartbeatRun.objects.get().sample
    assert (sample[:3], len(sample)) == ("\ufffd\ufffda", 10_000)


def test_other_methods_are_refused(client: Client, heartbeat: Heartbeat) -> None:
    assert client.put("/ingest/heartbeat/k").status_code == 405


def test_a_flood_is_told_when_to_come_again(client: Client, heartbeat: Heartbeat, monkeypatch: Any) -> None:
    monkeypatch.setattr("slo.services.pings.MOST_A_MINUTE", 0)
    response = client.get("/ingest/heartbeat/k")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60


def test_a_ping_that_cannot_be_stored_is_sent_again(client: Client, heartbeat: Heartbeat) -> None:
    with patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError):
        response = client.get("/ingest/heartbeat/k")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
