import asyncio
from typing import Any

import pytest

from shortener.clients import webhooks
from shortener.clients.webhooks import Answer, Post
from tests.shortener.receiver import Behaviour, Receiver, hang_up, lie, stall, status


def post(url: str) -> Answer:
    return asyncio.run(webhooks.post(Post(url=url, headers={"webhook-id": "evt_1"}, body=b"{}")))


def test_an_answer_comes_with_status_time_and_body(receiver: Receiver) -> None:
    receiver.plan = [status(200, b"thanks")]
    answer = post(receiver.url)
    assert (answer.status, answer.body, answer.error) == (200, b"thanks", "")
    assert answer.latency_ms >= 0
    assert receiver.came[0][1]["webhook-id"] == "evt_1"


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.plan = [status(302, Location=f"{receiver.url}/else")]
    assert post(receiver.url).status == 302
    assert len(receiver.came) == 1


@pytest.mark.parametrize(("behaviour", "error"), [(hang_up, "broke off"), (lie, "broke off"), (stall, "No answer")])
def test_a_broken_answer_is_an_error_that_may_pass(
    receiver: Receiver, behaviour: Behaviour, error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "TIMEOUT", 0.3)
    receiver.plan = [behaviour]
    answer = post(receiver.url)
    assert (answer.status, answer.permanent) == (None, False)
    assert error in answer.error


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/", "ftp://example.org"]
)
def test_private_addresses_are_refused_for_good(url: str, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    answer = post(url)
    assert (answer.status, answer.permanent) == (None, True)
    assert webhooks.refusal(url) != ""


def test_a_listed_address_may_be_posted_to(receiver: Receiver) -> None:
    assert webhooks.refusal(receiver.url) == ""


def test_a_host_that_is_not_known_now_may_be_known_later() -> None:
    assert webhooks.refusal("https://nowhere.invalid/hook") == ""
