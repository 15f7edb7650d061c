"""Pages through ntfy: a topic is subscribed to on the phone.

Source: docs.ntfy.sh, "Publish as JSON": the answer holds the message's `id`; priority 5 breaks through; `http`
actions act without opening anything. The page's id is its `sequence_id`, so that a repeat replaces the first one on
the phone.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from oncall.clients import http_posts
from oncall.domain.messages import Message, Receipt, shortened

URGENT, HIGH, USUAL = 5, 4, 3
ACT = "application/x-www-form-urlencoded"


class NtfyChannel:
    """Publishes to a topic: a name at PORTAL_NTFY_URL, or a whole address of another server."""

    kind = "ntfy"
    label = "ntfy"
    hint = "A topic that is hard to guess, such as oncall-x7Kq2m, or its whole address at your own server."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        if "/" in address:
            return http_posts.url_problem(address) or _topic_problem(parts(address)[1])
        return _topic_problem(address)

    def send(self, message: Message) -> Receipt:
        server, topic = parts(message.address)
        headers = {"X-Request-Id": message.page_id}
        if settings.PORTAL_NTFY_TOKEN and server == settings.PORTAL_NTFY_URL:
            headers["Authorization"] = f"Bearer {settings.PORTAL_NTFY_TOKEN}"
        answer = http_posts.post_json(server, payload(message, topic), headers=headers)
        said = http_posts.answer_of(answer)
        if http_posts.is_taken(answer) and said.get("id"):
            return Receipt(str(said["id"])[:200], f"HTTP {answer.status}")
        raise http_posts.refusal(answer, str(said.get("error", ""))[:200])


def payload(message: Message, topic: str) -> dict[str, Any]:
    """What is published; ntfy cuts at 4096 bytes, so that the text stays below."""
    said: dict[str, Any] = {
        "topic": topic,
        "title": message.subject,
        "message": shortened(message.text, 1200),
        "priority": URGENT if message.is_urgent else HIGH if message.is_page else USUAL,
        "tags": ["rotating_light"] if message.is_urgent else [],
        "sequence_id": message.page_id,
    }
    if message.is_page:
        said |= {"click": message.ack_url, "actions": _buttons(message.ack_url)}
    return said | ({"attach": message.image_url} if message.image_url else {})


def _buttons(ack_url: str) -> list[dict[str, Any]]:
    acts = [
        {
            "action": "http",
            "label": label,
            "url": ack_url,
            "method": "POST",
            "headers": {"Content-Type": ACT},
            "body": f"action={word}",
            "clear": True,
        }
        for label, word in (("Acknowledge", "acknowledge"), ("Resolve", "resolve"))
    ]
    return [*acts, {"action": "view", "label": "Open", "url": ack_url}]


def parts(address: str) -> tuple[str, str]:
    """Server and topic."""
    if "/" not in address:
        return settings.PORTAL_NTFY_URL, address
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}", parts.path.strip("/")


def _topic_problem(topic: str) -> str:
    is_one = 0 < len(topic) <= 64 and topic.isascii() and topic.replace("-", "_").replace("_", "a").isalnum()
    return "" if is_one else "A topic is 1 to 64 letters, digits, - and _."
