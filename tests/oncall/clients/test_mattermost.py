"""Pages into a room of Mattermost."""

from typing import Any

import pytest
from django.core import signing

from oncall.clients import mattermost
from tests.oncall.clients import providers

MATTERMOST = next(one for one in providers.ALL if one.kind == "mattermost")
PAGE = providers.page(MATTERMOST, None)


def test_hostile_text_stays_in_its_block() -> None:
    [card] = mattermost.payload(PAGE)["attachments"]
    assert (card["text"].count("```"), "@here" in card["title"]) == (2, False)


def test_the_buttons_call_back_with_what_we_signed() -> None:
    [card] = mattermost.payload(PAGE)["attachments"]
    told = [one["integration"] for one in card["actions"]]
    assert {one["url"] for one in told} == {"https://portal.example/ingest/callbacks/mattermost/"}
    assert [mattermost.read_context(one["context"]) for one in told] == [("tok", "acknowledge"), ("tok", "resolve")]


@pytest.mark.parametrize(
    "changes", [{"action": "resolve"}, {"signed": "tok"}, {"signed": None}, {"signed": signing.dumps(["tok", "x"])}]
)
def test_a_context_of_somebody_else_is_empty(changes: dict[str, str]) -> None:
    assert mattermost.read_context(mattermost.signed_context("tok", "acknowledge") | changes) == ("", "")


def test_a_context_expires(time_machine: Any) -> None:
    time_machine.move_to("2026-03-01T12:00:00Z")
    context = mattermost.signed_context("tok", "acknowledge")
    time_machine.move_to("2026-03-04T12:00:01Z")
    assert mattermost.read_context(context) == ("", "")


@pytest.mark.parametrize(("word", "left"), [("acknowledge", ["resolve"]), ("resolve", [])])
def test_an_answered_message_says_so_and_keeps_what_is_left_to_do(word: str, left: list[str]) -> None:
    told = mattermost.answered(PAGE, word, "Done by Bob: *it*")["update"]
    [card] = told["props"]["attachments"]
    assert ([one["id"] for one in card["actions"]], "down" in card["text"]) == (left, True)
    assert told["message"] == r"Done by Bob: \*it\*"


def test_the_graph_goes_along() -> None:
    assert mattermost.payload(PAGE)["attachments"][0]["image_url"] == PAGE.image_url
