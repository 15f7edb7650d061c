"""Pages into a room of Slack through an incoming webhook, with buttons where the app has interactivity.

Source: docs.slack.dev, "Sending messages using incoming webhooks": 200 `ok`, else a word such as `channel_is_archived`.
"""

from typing import Any

from oncall.clients import http_posts
from oncall.domain import marks
from oncall.domain.messages import Message, Receipt, shortened

EXAMPLE = "https://hooks.slack.com/services/T000/B000/xxxx"
HOSTS = ("hooks.slack.com", "hooks.slack-gov.com")
GONE = ("channel_is_archived", "channel_not_found", "no_service", "no_team", "action_prohibited", "invalid_token")
SECTION = 2900


class SlackChannel:
    """POSTs blocks; only the word `ok` means that the page was taken."""

    kind = "slack"
    label = "Slack"
    hint = f"The address of an incoming webhook, such as {EXAMPLE}."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        return http_posts.url_problem(address, HOSTS, EXAMPLE)

    def send(self, message: Message) -> Receipt:
        answer = http_posts.post_json(message.address, payload(message), headers={"X-Request-Id": message.page_id})
        said = http_posts.text_of(answer)
        if http_posts.is_taken(answer) and said == "ok":
            return Receipt(provider_id="", answer="HTTP 200 ok")
        raise http_posts.refusal(answer, permanent=True if said in GONE else None)


def payload(message: Message) -> dict[str, Any]:
    """The message: a plain text for notifications, and blocks."""
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": shortened(message.subject, 150)}},
        {"type": "section", "text": {"type": "mrkdwn", "text": shortened(marks.slack(message.text), SECTION)}},
    ]
    if message.image_url:
        blocks.append({"type": "image", "image_url": message.image_url, "alt_text": "Graph of the alert"})
    if message.is_page:
        blocks.append({"type": "actions", "block_id": message.page_id, "elements": _buttons(message)})
    return {"text": marks.slack(message.subject), "blocks": blocks}


def respond(response_url: str, text: str) -> None:
    """Says in the room what a button did; DeliveryError when that fails."""
    said = {"replace_original": False, "response_type": "in_channel", "text": marks.slack(text)}
    answer = http_posts.post_json(response_url, said)
    if not http_posts.is_taken(answer):
        raise http_posts.refusal(answer)


def _buttons(message: Message) -> list[dict[str, Any]]:
    opens = {"type": "button", "text": _plain("Open"), "url": message.ack_url, "action_id": "open"}
    if not message.token:
        return [opens]
    acts = [
        {"type": "button", "text": _plain(label), "action_id": word, "value": message.token}
        for label, word in (("Acknowledge", "acknowledge"), ("Resolve", "resolve"))
    ]
    return [acts[0] | {"style": "primary"}, acts[1], opens]


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
