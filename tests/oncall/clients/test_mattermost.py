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


def test_the_graph_goes_along() -> None:
    assert mattermost.payload(PAGE)["attachments"][0]["image_url"] == PAGE.image_url
