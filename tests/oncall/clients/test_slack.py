"""Pages into a room of Slack."""

import pytest

from oncall.clients import slack
from oncall.exceptions import DeliveryError
from tests.oncall.clients import providers
from tests.oncall.clients.receivers import HttpReceiver

SLACK = next(one for one in providers.ALL if one.kind == "slack")
PAGE = providers.page(SLACK, None)


def test_hostile_text_mentions_nobody() -> None:
    told = str(slack.payload(PAGE))
    assert ("<!channel>" in told, "&lt;!channel&gt;" in told) == (False, True)


def test_the_buttons_carry_the_token_of_the_page() -> None:
    [_, _, image, actions] = slack.payload(PAGE)["blocks"]
    assert image["image_url"] == PAGE.image_url
    assert [(one["action_id"], one.get("value")) for one in actions["elements"]] == [
        ("acknowledge", "tok"),
        ("resolve", "tok"),
        ("open", None),
    ]


def test_a_text_beyond_slacks_limit_is_cut() -> None:
    long = providers.page(SLACK, None, text="<" * 4000)
    assert all(len(one.get("text", {}).get("text", "")) <= 3000 for one in slack.payload(long)["blocks"])


def test_a_button_is_answered_in_the_room(provider_http: HttpReceiver) -> None:
    slack.respond(f"{provider_http.url}/actions/1", "Bob <b> takes it on.")
    assert provider_http.said["text"] == "Bob &lt;b&gt; takes it on."


def test_an_answer_that_is_not_taken_is_told(provider_http: HttpReceiver) -> None:
    provider_http.answer = (404, "used_url")
    with pytest.raises(DeliveryError, match="used_url"):
        slack.respond(f"{provider_http.url}/actions/1", "x")
