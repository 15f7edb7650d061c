"""Words back to a chat after a button."""

from typing import Any

import pytest

from oncall.clients import slack
from oncall.exceptions import DeliveryError
from oncall.services import callback_replies


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    told: list[Any] = []

    def refuse(*words: str) -> None:
        told.append(words)
        raise DeliveryError("used_url", permanent=True)

    monkeypatch.setattr(slack, "respond", refuse)
    return told


@pytest.mark.parametrize("url", ["https://evil.example/", "", "https://hooks.slack.com.evil.example/"])
def test_only_slacks_own_addresses_are_answered(said: list[Any], url: str) -> None:
    callback_replies.to_slack(url, "x")
    assert said == []


def test_an_answer_counts_whether_its_words_arrive_or_not(said: list[Any]) -> None:
    callback_replies.to_slack("https://hooks.slack.com/actions/1", "x")
    assert said == [("https://hooks.slack.com/actions/1", "x")]


def test_a_bot_that_is_not_set_up_says_nothing(settings: Any) -> None:
    settings.PORTAL_TELEGRAM_TOKEN = ""
    callback_replies.to_telegram_button("q", "x")
    callback_replies.to_telegram_chat("4711")
