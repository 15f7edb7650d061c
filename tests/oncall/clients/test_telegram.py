"""Pages by a bot of Telegram."""

import json

import pytest

from oncall.clients import telegram
from oncall.clients.telegram import TelegramChannel
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

TELEGRAM = next(one for one in providers.ALL if one.kind == "telegram")


def test_hostile_text_is_no_markup() -> None:
    _, said = telegram.payload(providers.page(TELEGRAM, None, image_url=""))
    assert "Restart &lt;b&gt;it&lt;/b&gt;" in said["text"]


def test_a_button_carries_at_most_64_bytes() -> None:
    _, said = telegram.payload(providers.page(TELEGRAM, None, page_id="pag_" + "x" * 40))
    [acts, _] = said["reply_markup"]["inline_keyboard"]
    assert all(len(one["callback_data"].encode()) <= 64 for one in acts)


def test_the_graph_is_a_photo_with_a_caption() -> None:
    method, said = telegram.payload(providers.page(TELEGRAM, None))
    assert (method, said["photo"], len(said["caption"]) < 1024) == ("sendPhoto", "https://img.example/graph.png", True)


def test_answers_go_to_the_button_and_to_the_chat(provider_http: HttpReceiver) -> None:
    telegram.answer_button("q1", "Taken on.")
    telegram.say("4711", "Hello.")
    assert [(path.rpartition("/")[2], json.loads(body)) for path, _, body in provider_http.came] == [
        ("answerCallbackQuery", {"callback_query_id": "q1", "text": "Taken on."}),
        ("sendMessage", {"chat_id": "4711", "text": "Hello."}),
    ]


@pytest.mark.parametrize(
    ("address", "good"), [("4711", True), ("-100123", True), ("@ops", True), ("--1", False), ("ops", False)]
)
def test_a_chat_is_a_number_or_a_name(address: str, good: bool) -> None:
    assert (TelegramChannel().check_address(address) == "") is good
