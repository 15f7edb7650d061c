"""Pages into a room of Mattermost through an incoming webhook, with buttons.

Source: docs.mattermost.com, "Incoming webhooks" and "Interactive messages": a button posts its `context` to a URL, and
nothing proves that Mattermost sent it. The context stays on the server, so that what it says is signed here: page,
action and time under an HMAC of our own, for this channel alone.
"""

from collections.abc import Mapping
from typing import Any

from django.core import signing

from oncall.clients import http_posts
from oncall.domain import marks
from oncall.domain.messages import Message, Receipt, shortened

EXAMPLE = "https://chat.example.com/hooks/xxxx"
SALT = "oncall.mattermost"
LIFETIME = 72 * 3600
COLOURS = {"critical": "#d63939", "warning": "#f59f00", "info": "#4299e1"}


class MattermostChannel:
    """POSTs an attachment; only the word `ok` means that the page was taken."""

    kind = "mattermost"
    label = "Mattermost"
    hint = f"The address of an incoming webhook, such as {EXAMPLE}."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        return http_posts.url_problem(address, example=EXAMPLE)

    def send(self, message: Message) -> Receipt:
        answer = http_posts.post_json(message.address, payload(message), headers={"X-Request-Id": message.page_id})
        if http_posts.is_taken(answer) and http_posts.text_of(answer) == "ok":
            return Receipt(provider_id="", answer="HTTP 200 ok")
        raise http_posts.refusal(answer)


def payload(message: Message) -> dict[str, Any]:
    """The message: what the alert says stands in a block of code, so that nobody is mentioned by it."""
    card: dict[str, Any] = {
        "fallback": marks.markdown(message.subject),
        "color": COLOURS.get(message.severity, COLOURS["info"]),
        "title": shortened(marks.markdown(message.subject), 200),
        "text": marks.fenced(shortened(message.text, 6000)),
    }
    if message.is_page:
        card |= {"title_link": message.ack_url, "actions": _buttons(message)}
    if message.image_url:
        card["image_url"] = message.image_url
    return {"attachments": [card], "props": {"page_id": message.page_id}}


def answered(message: Message, word: str, text: str) -> dict[str, Any]:
    """What the message becomes when a button was pressed: what was done stands above, and what is left to do stays."""
    [card] = payload(message)["attachments"]
    card["actions"] = [one for one in card.get("actions", ()) if one["id"] == "resolve" and word != "resolve"]
    return {"update": {"message": marks.markdown(text), "props": {"attachments": [card]}}}


def signed_context(token: str, word: str) -> dict[str, str]:
    """What a button hands back: what it does to the page of `token`, and our signature under both."""
    return {"action": word, "signed": signing.dumps([token, word], salt=SALT)}


def read_context(context: Mapping[str, Any]) -> tuple[str, str]:
    """Token and action of a context that we signed within three days; both are empty for any other."""
    try:
        token, word = signing.loads(str(context.get("signed", "")), salt=SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError):
        return "", ""
    return (token, word) if word == context.get("action") else ("", "")


def _buttons(message: Message) -> list[dict[str, Any]]:
    if not message.callback_url:
        return []
    return [
        {
            "id": word,
            "type": "button",
            "name": label,
            "integration": {
                "url": f"{message.callback_url}mattermost/",
                "context": signed_context(message.token, word),
            },
        }
        for label, word in (("Acknowledge", "acknowledge"), ("Resolve", "resolve"))
    ]
