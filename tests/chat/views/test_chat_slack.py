"""The shape is the one that Slack sends, with names of our own."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from oncall.domain.chat_signatures import slack_signature
from oncall.models import Alert, ChatIdentity

pytestmark = pytest.mark.django_db
SECRET = "slack-signing-secret"
TOKEN = "mattermost-token"
SLACK = {
    "token": "gIkuvaNzQIHg97ATvDxqgjtO",
    "team_id": "T0001",
    "team_domain": "example",
    "enterprise_id": "E0001",
    "channel_id": "C2147483705",
    "channel_name": "test",
    "user_id": "U2147483697",
    "user_name": "alice",
    "command": "/portal",
    "text": "oncall",
    "response_url": "https://hooks.example.com/commands/1234/5678",
    "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    "api_app_id": "A123456",
}


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.PORTAL_SLACK_SIGNING_SECRET = SECRET


@pytest.fixture
def stopped(time_machine: Any, now: datetime) -> datetime:
    time_machine.move_to(now, tick=False)
    return now


def _slack(now: datetime, secret: str = SECRET, **said: str) -> Any:
    body, timestamp = urlencode(SLACK | said).encode(), str(int(now.timestamp()))
    headers = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": slack_signature(secret, timestamp, body),
    }
    kind = "application/x-www-form-urlencoded"
    return Client(enforce_csrf_checks=True).post("/chat/slack/", body, content_type=kind, headers=headers)


def test_a_signed_command_of_an_unlinked_account_is_answered_with_a_link(stopped: datetime) -> None:
    answer = _slack(stopped).json()
    assert answer["response_type"] == "ephemeral"
    assert "/settings/chat/link/" in answer["text"]


def test_a_linked_account_acts_as_its_person(stopped: datetime, alice: Any, team: Any) -> None:
    ChatIdentity.objects.create(user=alice, provider="slack", workspace="T0001", external_id="U2147483697")
    answer = _slack(stopped, text="page payments Help").json()
    assert answer["response_type"] == "in_channel"
    assert Alert.objects.get().dedup_key == f"slack-{SLACK['trigger_id']}"


@pytest.mark.parametrize("secret", ["", "guessed"])
def test_a_request_that_is_not_slacks_is_refused(stopped: datetime, secret: str) -> None:
    assert _slack(stopped, secret=secret).status_code == 403


def test_without_a_secret_nothing_is_slacks(stopped: datetime, settings: Any) -> None:
    settings.PORTAL_SLACK_SIGNING_SECRET = ""
    assert _slack(stopped, secret="").status_code == 403


@pytest.mark.parametrize(
    "text", ["\x00", "page \ud800x".encode("utf-8", "replace").decode(), "ack " + "x" * 5000, "'\"`<@U1>"]
)
def test_hostile_words_are_answered_in_words(stopped: datetime, alice: Any, text: str) -> None:
    ChatIdentity.objects.create(user=alice, provider="slack", workspace="T0001", external_id="U2147483697")
    assert _slack(stopped, text=text).json()["text"]
