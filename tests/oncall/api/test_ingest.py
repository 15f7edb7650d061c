"""The door for machines."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from oncall.api import ingest as door
from oncall.models import Alert
from oncall.services import ingest
from tests.factories.oncall import IntegrationFactory

URL = f"/ingest/json/k{31 * '1'}/"


@pytest.fixture
def sender(team: Any) -> Client:
    """A sender without cookies that knows the key."""
    IntegrationFactory(team=team)
    return Client(enforce_csrf_checks=True)


def send(sender: Client, body: Any, url: str = URL) -> Any:
    return sender.post(url, body, content_type="application/json")


def test_fire_and_resolve(sender: Client) -> None:
    fired = send(sender, {"title": "Free the disk", "dedup_key": "disk"})
    resolved = send(sender, {"status": "resolved", "dedup_key": "disk"})
    assert (fired.status_code, resolved.json()["status"]) == (202, "resolved")
    assert fired.json()["id"] == Alert.objects.get().public_id


def test_a_resolve_of_nothing_is_accepted(sender: Client) -> None:
    answer = send(sender, {"status": "resolved", "dedup_key": "disk"})
    assert (answer.status_code, answer.json()["id"]) == (202, None)


@pytest.mark.parametrize("body", ["{", "[]", '{"title": ""}', '{"title": "a", "severity": "fatal"}', "[" * 100_000])
def test_what_is_no_event_is_refused_by_name(sender: Client, body: str) -> None:
    answer = send(sender, body)
    assert (answer.status_code, bool(answer.json()["errors"])) == (400, True)


def test_a_body_beyond_the_cap_is_refused(sender: Client) -> None:
    assert send(sender, {"title": "a", "detail": "x" * door.MAX_BYTES}).status_code == 400


def test_an_unknown_key_is_not_found(sender: Client) -> None:
    assert send(sender, {"title": "a"}, url="/ingest/json/nonsense/").status_code == 404


def test_without_a_database_the_sender_is_asked_to_come_again(sender: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_key: str) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(ingest, "integration_of", broken)
    assert send(sender, {"title": "a"}).status_code == 503


def test_only_post_is_taken(sender: Client) -> None:
    assert sender.get(URL).status_code == 405
