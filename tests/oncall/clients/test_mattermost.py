"""Pages into a room of Mattermost."""

from oncall.clients import mattermost
from tests.oncall.clients import providers

MATTERMOST = next(one for one in providers.ALL if one.kind == "mattermost")
PAGE = providers.page(MATTERMOST, None)


def test_hostile_text_stays_in_its_block() -> None:
    [card] = mattermost.payload(PAGE)["attachments"]
    assert (card["text"].count("```"), "@here" in card["title"]) == (2, False)


def test_the_buttons_call_back_with_the_token() -> None:
    [card] = mattermost.payload(PAGE)["attachments"]
    assert [one["integration"] for one in card["actions"]] == [
        {
            "url": "https://portal.example/ingest/callbacks/mattermost/",
            "context": {"token": "tok", "action": word},
        }
        for word in ("acknowledge", "resolve")
    ]


def test_the_graph_goes_along() -> None:
    assert mattermost.payload(PAGE)["attachments"][0]["image_url"] == PAGE.image_url
