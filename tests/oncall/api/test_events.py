"""Events as PagerDuty's clients send them, byte for byte."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from oncall.api import events
from oncall.models import IncomingEvent, Integration
from oncall.selectors import keys
from tests.factories.oncall import IntegrationFactory

URL = "/v2/enqueue"
EVENT: dict[str, Any] = {
    "routing_key": f"k{31 * '1'}",
    "event_action": "trigger",
    "payload": {"summary": "Disk is full", "source": "db-1", "severity": "critical"},
}


@pytest.fixture
def sender(team: Any) -> Client:
    IntegrationFactory(team=team)
    return Client(enforce_csrf_checks=True)


def send(sender: Client, body: Any, url: str = URL) -> Any:
    return sender.post(url, body, content_type="application/json")


@pytest.mark.parametrize("url", [URL, f"{URL}/"])
def test_an_event_is_stored_under_its_key(sender: Client, url: str) -> None:
    answer = send(sender, EVENT | {"dedup_key": "disk"}, url)
    assert (answer.status_code, answer.json()) == (
        202,
        {"status": "success", "message": "Event processed", "dedup_key": "disk"},
    )
    assert IncomingEvent.objects.get().signals[0]["dedup_key"] == "disk"


def test_a_trigger_without_a_key_is_told_the_one_that_was_made(sender: Client) -> None:
    keys_of_two = {send(sender, EVENT).json()["dedup_key"] for _ in range(2)}
    assert keys_of_two == {row.signals[0]["dedup_key"] for row in IncomingEvent.objects.all()}
    assert len(keys_of_two) == 2


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (EVENT | {"event_action": "shout"}, "'event_action' is missing or invalid"),
        (EVENT | {"routing_key": 32 * "x"}, "'routing_key' is unknown"),
        (EVENT | {"routing_key": "x"}, "Length of 'routing_key' is incorrect"),
        ("{", "The event is not valid JSON"),
        (EVENT | {"client": 530_000 * "x"}, "The event is larger than 512 KB"),
    ],
    ids=["action", "unknown key", "short key", "no JSON", "large"],
)
def test_what_is_no_event_is_refused_as_its_clients_expect(sender: Client, body: Any, error: str) -> None:
    answer = send(sender, body)
    said = answer.json()
    assert (answer.status_code, said["status"], said["message"]) == (400, "invalid event", "Event object is invalid")
    assert said["errors"][0].startswith(error)


def test_beyond_the_limit_it_is_429(sender: Client) -> None:
    Integration.objects.update(rate_per_minute=0)
    answer = send(sender, EVENT)
    assert (answer.status_code, 1 <= int(answer["Retry-After"]) <= 60) == (429, True)


def test_without_a_database_it_is_503(sender: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(keys, "door_of", broken)
    assert send(sender, EVENT).status_code == 503


def test_512_kb_are_taken(sender: Client) -> None:
    padding = events.MOST_BYTES - 200 - len(str(EVENT))
    assert send(sender, EVENT | {"client": padding * "x"}).status_code == 202
