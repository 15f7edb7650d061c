"""Pages to a program, over a real socket on loopback."""

import json
from typing import Any

import pytest

from oncall.clients import webhook
from oncall.clients.webhook import WebhookChannel
from oncall.domain.messages import Message
from oncall.exceptions import DeliveryError
from tests.oncall.clients.receivers import HttpReceiver


@pytest.fixture
def receiver(provider_http: HttpReceiver) -> HttpReceiver:
    return provider_http


def message(receiver: HttpReceiver) -> Message:
    return Message(
        "pag_1", receiver.url, "Act: Restart it", "It is down.", secret="s3cret", facts={"severity": "critical"}
    )


def test_the_page_arrives_signed_and_with_its_id(receiver: HttpReceiver) -> None:
    WebhookChannel().send(message(receiver))
    [(_, headers, text)] = receiver.came
    body = text.encode()
    signed = webhook.signature("s3cret", headers["Portal-Timestamp"], "pag_1", body)
    assert (headers["Portal-Event-Id"], headers["Portal-Signature"]) == ("pag_1", f"v1={signed}")
    assert json.loads(body)["alert"] == {"severity": "critical"}


def test_two_secrets_sign_while_one_takes_over() -> None:
    body = b"{}"
    told = webhook.signatures("new,old", "1700000000", "pag_1", body).split(",")
    assert told == [f"v1={webhook.signature(one, '1700000000', 'pag_1', body)}" for one in ("new", "old")]


@pytest.mark.parametrize(
    ("said", "taken_on"), [('{"acknowledged": true}', True), ('{"acknowledged": 1}', False), ("ok", False)]
)
def test_a_program_may_answer_at_once(receiver: HttpReceiver, said: str, taken_on: bool) -> None:
    receiver.answer = (200, said)
    page = Message("pag_1", receiver.url, "a", "b", "https://portal.example/ack/", "s")
    assert WebhookChannel().send(page).is_acknowledged is taken_on


@pytest.mark.parametrize(("status", "permanent"), [(404, True), (301, True), (429, False), (408, False), (500, False)])
def test_a_refusal_is_not_taken_for_a_delivery(receiver: HttpReceiver, status: int, permanent: bool) -> None:
    receiver.answer = (status, "")
    with pytest.raises(DeliveryError, match=f"HTTP {status}") as refused:
        WebhookChannel().send(message(receiver))
    assert refused.value.permanent is permanent


def test_the_private_network_is_out_of_reach_for_good(receiver: HttpReceiver, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    with pytest.raises(DeliveryError) as refused:
        WebhookChannel().send(message(receiver))
    assert (refused.value.permanent, receiver.came) == (True, [])


def test_a_receiver_that_is_away_may_come_back(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = ["127.0.0.1:1"]
    with pytest.raises(DeliveryError) as refused:
        WebhookChannel().send(Message("pag_1", "http://127.0.0.1:1/", "a", "b"))
    assert not refused.value.permanent


@pytest.mark.parametrize(("ack_url", "kind"), [("https://portal.example/ack/", "page"), ("", "note")])
def test_a_trial_is_no_page(ack_url: str, kind: str) -> None:
    assert json.loads(webhook.payload(Message("pag_1", "x", "Act", "Down", ack_url=ack_url)))["type"] == kind
