"""Real senders, unchanged: Debian's Alertmanager with both of its receivers, and PagerDuty's own client."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pagerduty
import pytest

from oncall.models import Alert, IncomingEvent, Integration
from oncall.selectors import lateness
from oncall.services import taking
from slo.models import Release
from tests.factories.oncall import IntegrationFactory
from tests.oncall import real_alertmanager

KEY = "k" + 31 * "1"
DISK = {"labels": {"alertname": "DiskFull", "instance": "db-1", "severity": "page"}}
SUMMARY = {"annotations": {"summary": "Free the disk of db-1"}, "generatorURL": "http://prometheus.example.com/graph"}


@pytest.fixture
def door(transactional_db: None, team: Any, service: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team, service=service)
    return made


def until(condition: Callable[[], Any]) -> Any:
    """Acts on what came in until `condition` is true."""
    for _ in range(300):
        taking.take_due(now=lateness.database_now())
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("It did not come true.")


def statuses() -> list[str]:
    return list(Alert.objects.order_by("pk").values_list("status", flat=True))


def receivers(url: str) -> list[dict[str, Any]]:
    """Both ways in which an Alertmanager can speak to us, as the guide has them."""
    webhook = {"url": f"{url}/ingest/alertmanager/{KEY}/", "send_resolved": True}
    event = {"routing_key": KEY, "url": f"{url}/v2/enqueue", "send_resolved": True}
    return [{"name": "webhook", "webhook_configs": [webhook]}, {"name": "events", "pagerduty_configs": [event]}]


def test_alertmanager_fires_repeats_and_resolves_by_both_receivers(
    door: Integration, live_server: Any, tmp_path: Path
) -> None:
    over = {"endsAt": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()}
    with real_alertmanager.running(tmp_path, *receivers(live_server.url)) as alertmanager:
        alertmanager.tell(DISK | SUMMARY)
        until(lambda: statuses() == ["firing", "firing"])
        until(lambda: all(Alert.objects.values_list("joined_count", flat=True)))
        alertmanager.tell(DISK | SUMMARY | over)
        until(lambda: statuses() == ["resolved", "resolved"])
        alertmanager.tell(DISK | SUMMARY)
        until(lambda: statuses().count("firing") == 2)
    assert not IncomingEvent.objects.filter(status="failed").exists()
    assert Alert.objects.filter(title="Free the disk of db-1", severity="critical").exists()


class Plain(httpx2.HTTPTransport):
    """Carries what the client wants to send by https to the portal without it; the client speaks to nothing else."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.there = httpx2.URL(url)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.url = request.url.copy_with(scheme="http", host=self.there.host, port=self.there.port)
        return super().handle_request(request)


@pytest.fixture
def client(door: Integration, live_server: Any) -> Any:
    """PagerDuty's own client, told only another address."""
    return pagerduty.EventsApiV2Client(KEY, base_url="https://localhost", transport=Plain(live_server.url))


def test_pagerdutys_client_triggers_acknowledges_and_resolves(client: Any) -> None:
    made = client.trigger("Restart the checkout", "shop-1", severity="critical", custom_details={"queue": 3})
    assert client.trigger("Restart the checkout", "shop-1", dedup_key=made) == made
    client.acknowledge(made)
    until(lambda: statuses() == ["acknowledged"])
    client.resolve(made)
    until(lambda: statuses() == ["resolved"])
    client.acknowledge("never opened")
    until(lambda: not IncomingEvent.objects.filter(status="pending").exists())
    assert Alert.objects.get().joined_count == 1


def test_pagerdutys_client_sends_changes(client: Any, service: Any) -> None:
    details = {"version": "1.2.3"}
    client.send_change_event({"summary": "Deploy 1.2.3", "source": service.slug, "custom_details": details})
    assert Release.objects.get().version == "1.2.3"


def test_pagerdutys_client_is_told_what_is_wrong(client: Any) -> None:
    with pytest.raises(pagerduty.HttpError) as refused:
        client.send_event("trigger", payload={"summary": "x", "source": "y", "severity": "fatal"})
    answer: Any = refused.value.response
    assert (answer.status_code, "payload.severity" in answer.json()["errors"][0]) == (400, True)
