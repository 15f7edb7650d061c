"""Where providers answer for people and report about pages."""

import base64
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from oncall.clients import mattermost
from oncall.domain import chat_signatures
from oncall.domain.callback_signatures import twilio_signature
from oncall.models import Alert, DeliveryReport, Page
from oncall.services import page_tokens
from tests.factories.oncall import AlertFactory, ContactPointFactory, PageFactory, RunFactory

ROOT = "/ingest/callbacks/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _set_up(settings: Any, stopped: datetime) -> None:
    settings.PORTAL_BASE_URL = "https://portal.example"
    settings.PORTAL_TWILIO_AUTH_TOKEN = "twilio"
    settings.PORTAL_SLACK_SIGNING_SECRET = "slack"
    settings.PORTAL_TELEGRAM_WEBHOOK_SECRET = "telegram"


def sent(team: Any, now: datetime, **told: Any) -> Page:
    run = RunFactory(alert=AlertFactory(team=team))
    page: Page = PageFactory(run=run, status="sent", sent_at=now, created_at=now, **told)
    return page


@pytest.fixture
def by_phone(team: Any, bob: Any, now: datetime) -> Page:
    return sent(team, now, user=bob, channel="sms", address="+49170")


@pytest.fixture
def in_room(team: Any, now: datetime) -> Page:
    point = ContactPointFactory(team=team, name="ops room")
    return sent(team, now, user=None, contact_point=point, channel="telegram", address="-100")


def twilio(path: str, signer: str = "twilio", **fields: str) -> Any:
    signed = twilio_signature(signer, f"https://portal.example{ROOT}{path}", {name: [v] for name, v in fields.items()})
    return Client().post(ROOT + path, fields, headers={"X-Twilio-Signature": signed})


def slack(page: Page, signer: str = "slack", word: str = "acknowledge") -> Any:
    action = {"action_id": word, "value": page_tokens.token_of(page)}
    said = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [action]}
    body = urlencode({"payload": json.dumps(said)}).encode()
    stamp = str(int(page.created_at.timestamp()))
    headers = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": chat_signatures.slack_signature(signer, stamp, body),
    }
    return Client().post(f"{ROOT}slack/", body, content_type=FORM, headers=headers)


def telegram(said: Any, knows: str = "telegram") -> Any:
    headers = {"X-Telegram-Bot-Api-Secret-Token": knows}
    return Client().post(f"{ROOT}telegram/", json.dumps(said), content_type="application/json", headers=headers)


def pressed_in_mattermost(page: Page) -> Any:
    context = mattermost.signed_context(page_tokens.token_of(page), "resolve")
    said = {"user_id": "u", "team_id": "t", "context": context}
    return Client().post(f"{ROOT}mattermost/", said, content_type="application/json")


def pressed(page: Page, chat_id: int) -> dict[str, Any]:
    where = {"chat": {"id": chat_id}}
    query = {"id": "q", "data": f"acknowledge:{page.public_id}", "from": {"id": 7}, "message": where}
    return {"callback_query": query}


def status() -> str:
    return Alert.objects.get().status


def test_twilio_reports_once_however_often_it_calls(by_phone: Page) -> None:
    path = f"twilio/status/{page_tokens.token_of(by_phone)}/?page={by_phone.public_id}"
    answers = [twilio(path, MessageStatus="delivered").status_code for _ in range(2)]
    assert (answers, DeliveryReport.objects.get().word) == ([204, 204], "delivered")


def test_twilio_must_sign(by_phone: Page) -> None:
    path = f"twilio/status/{page_tokens.token_of(by_phone)}/"
    assert twilio(path, signer="guess", MessageStatus="failed").status_code == 403
    assert not DeliveryReport.objects.exists()


@pytest.mark.parametrize("path", ["twilio/status/pag_unknown/", "pushover/pag_unknown/"])
def test_a_page_that_is_unknown_is_nobodys(db: None, path: str) -> None:
    assert twilio(path, MessageStatus="sent").status_code in {403, 404}


def test_a_reply_by_sms_is_answered(by_phone: Page) -> None:
    told = twilio("twilio/sms/", From="+49170", Body=f"ack {page_tokens.code_of(by_phone)}")
    assert b"<Message>Acknowledged by Bob" in told.content
    assert status() == "acknowledged"


@pytest.mark.parametrize(("digit", "after"), [("1", "acknowledged"), ("2", "resolved"), ("3", "firing")])
def test_a_key_on_the_telephone(by_phone: Page, digit: str, after: str) -> None:
    told = twilio(f"twilio/voice/{page_tokens.token_of(by_phone)}/", Digits=digit)
    assert (b"<Gather" in told.content, status()) == (after == "firing", after)


def test_a_button_in_slack(in_room: Page) -> None:
    assert [slack(in_room).status_code for _ in range(2)] == [200, 200]
    assert status() == "acknowledged"


def test_slack_must_sign(in_room: Page) -> None:
    assert (slack(in_room, signer="guess").status_code, status()) == (403, "firing")


def test_a_button_in_mattermost_is_answered_in_the_room(team: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team, name="ops room")
    told = pressed_in_mattermost(sent(team, now, user=None, contact_point=point, channel="mattermost", address="x"))
    assert "Resolved by somebody at ops room" in told.json()["update"]["message"]
    assert status() == "resolved"


def test_mattermost_answers_for_no_other_channel(in_room: Page) -> None:
    assert (pressed_in_mattermost(in_room).status_code, status()) == (403, "firing")


def test_a_button_of_mattermost_is_signed(in_room: Page) -> None:
    for signed in (in_room.public_id, page_tokens.token_of(in_room), 7):
        said = {"context": {"signed": signed, "token": page_tokens.token_of(in_room), "action": "resolve"}}
        assert Client().post(f"{ROOT}mattermost/", said, content_type="application/json").status_code == 403


def test_a_button_in_telegram_counts_in_the_chat_that_was_paged(in_room: Page) -> None:
    telegram(pressed(in_room, -200))
    before = status()
    assert (telegram(pressed(in_room, -100)).status_code, before, status()) == (200, "firing", "acknowledged")


def test_telegram_must_know_the_secret(in_room: Page) -> None:
    assert (telegram(pressed(in_room, -100), knows="guess").status_code, status()) == (403, "firing")


def test_a_receipt_of_pushover(team: Any, bob: Any, now: datetime) -> None:
    page = sent(team, now, user=bob, channel="pushover", address="u", provider_id="rec")
    path = f"{ROOT}pushover/{page_tokens.token_of(page)}/"
    for receipt in ("other", "rec", "rec"):
        assert Client().post(path, {"receipt": receipt, "acknowledged": "1"}).status_code == 204
    assert (DeliveryReport.objects.get().word, status()) == ("acknowledged", "acknowledged")


@pytest.mark.parametrize(
    "said", [[], "x", {"callback_query": 1}, {"message": {"text": 4}}, {"callback_query": {"data": None}}]
)
def test_nonsense_breaks_nothing(db: None, said: Any) -> None:
    assert telegram(said).status_code == 200


@pytest.mark.parametrize("path", ["slack/", "mattermost/", "telegram/", "twilio/sms/"])
def test_a_body_of_noise_is_refused(db: None, path: str) -> None:
    noise = base64.b64decode("/////w==")
    assert Client().post(ROOT + path, noise, content_type="application/json").status_code == 403
