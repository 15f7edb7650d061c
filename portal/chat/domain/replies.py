"""What goes back to the chat, as Slack and Mattermost both read it."""

from dataclasses import dataclass
from typing import Any

JOINER = "\u2060"
MOST = 3500


@dataclass(frozen=True, slots=True)
class Reply:
    """A text of ours, perhaps with a picture; only the asker sees it unless `is_public`."""

    text: str
    is_public: bool = False
    image_url: str = ""
    image_title: str = ""


def plain(text: object) -> str:
    """Foreign text made harmless: no mention, link, markup or command of the chat is left in it.

    Source: Slack, "Formatting text for app surfaces": `&`, `<` and `>` are the control characters. Mentions and markup
    of Mattermost are broken by a word joiner, which nobody sees.
    """
    words = " ".join(str(text).split())
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "@#`*_~[!":
        escaped = escaped.replace(mark, f"{mark}{JOINER}")
    return escaped


def to_json(reply: Reply) -> dict[str, Any]:
    """The body of the answer to a slash command.

    Source: the `response_type`, `text` and `attachments` that Slack documents and Mattermost takes over.
    """
    said: dict[str, Any] = {
        "response_type": "in_channel" if reply.is_public else "ephemeral",
        "text": reply.text if len(reply.text) <= MOST else f"{reply.text[:MOST]}\u2026",
    }
    if reply.image_url:
        said["attachments"] = [
            {"fallback": reply.image_title, "title": reply.image_title, "image_url": reply.image_url}
        ]
    return said
