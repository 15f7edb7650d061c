"""The doors for machines."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from oncall.api import ingest as door
from oncall.models import IncomingEvent, Integration
from oncall.selectors import keys
from tests.factories.oncall import IntegrationFactory

KEY = f"k{31 * '1'}"
URL = f"/ingest/json/{KEY}/"
ALERT = {"status": "firing", "labels": {"alertname": "Disk"}, "fingerprint": "a1"}


@pytest.fixture
def sender(team: Any) -> Client:
    """A sender without cookies that knows the key."""
    IntegrationFactory(team=team)
    return Client(enforce_csrf_checks=True)


def send(sender: Client, body: Any, url: str = URL) -> Any:
    return sender.post(url, body, content_type="application/json")


def test_json_is_stored_and_answered_with_its_key(sender: Client) -> None:
    answer = send(sender, {"title": "Free the disk", "dedup_key": "disk"})
    assert (answer.status_code, answer.json()) == (202, {"status": "accepted", "dedup_key": "disk"})
    assert IncomingEvent.objects.get().signals[0]["title"] == "Free the disk"


@pytest.mark.parametrize("kind", ["alertmanager", "grafana"])
def test_groups_are_taken(sender: Client, kind: str) -> None:
    answer = send(sender, {"version": "4", "alerts": [ALERT, ALERT]}, f"/ingest/{kind}/{KEY}/")
    assert (answer.status_code, answer.json()["dedup_keys"]) == (202, ["a1", "a1"])


def test_grafana_may_put(sender: Client) -> None:
    url = f"/ingest/grafana/{KEY}/"
    assert sender.put(url, {"alerts": [ALERT]}, content_type="application/json").status_code == 202


@pytest.mark.parametrize("body", ["{", "[]", '{"title": ""}', '{"title": "a", "severity": "purple"}', "[" * 100_000])
def test_what_is_no_event_is_refused_by_name(sender: Client, body: str) -> None:
    answer = send(sender, body)
    assert (answer.status_code, bool(answer.json()["errors"])) == (400, True)


def test_a_body_beyond_the_cap_is_refused(sender: Client) -> None:
    assert send(sender, {"title": "a", "detail": "x" * door.JSON_BYTES}).status_code == 413


def test_a_group_of_thousands_is_not(sender: Client) -> None:
    body = {"alerts": 3000 * [ALERT | {"annotations": {"summary": 1000 * "x"}}]}
    assert send(sender, body, f"/ingest/alertmanager/{KEY}/").status_code == 202


def test_an_unknown_key_is_not_found(sender: Client) -> None:
    assert send(sender, {"title": "a"}, url="/ingest/json/nonsense/").status_code == 404


def test_beyond_the_limit_the_sender_is_asked_to_come_again(sender: Client) -> None:
    Integration.objects.update(rate_per_minute=0)
    answer = send(sender, {"title": "a"})
    assert (answer.status_code, 1 <= int(answer["Retry-After"]) <= 60) == (503, True)


def test_without_a_signature_that_is_wanted_nothing_is_taken(sender: Client) -> None:
    Integration.objects.update(settings={"hmac_secret": "sealed by another key"})
    assert send(sender, {"title": "a"}).status_code == 401


def test_without_a_database_the_sender_is_asked_to_come_again(sender: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(keys, "door_of", broken)
    assert send(sender, {"title": "a"}).status_code == 503


def test_only_post_is_taken_and_said_so(sender: Client) -> None:
    answer = sender.get(URL)
    assert (answer.status_code, answer["Allow"], answer.json()["title"]) == (405, "POST", "Send alerts here by POST.")


@pytest.mark.parametrize("kind", ["json", "alertmanager", "grafana"])
def test_the_slash_at_the_end_may_be_missing(sender: Client, kind: str) -> None:
    body = {"alerts": [ALERT], "title": "Free the disk"}
    assert send(sender, body, f"/ingest/{kind}/{KEY}").status_code == 202


def test_what_was_refused_unread_stands_on_the_page(sender: Client) -> None:
    assert send(sender, "x" * (door.JSON_BYTES + 1)).status_code == 413
    assert IncomingEvent.objects.get().problem == "The body is larger than 512 kB."
