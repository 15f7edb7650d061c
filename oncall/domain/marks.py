"""Foreign text in the markup of others: it shows as it is, links nowhere by itself and mentions nobody."""

import html
import re

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~])")
UNSEEN = "\u200b"


def slack(text: str) -> str:
    """For Slack's mrkdwn: with these three escaped nothing is a link, a mention or a command."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markdown(text: str) -> str:
    """For Markdown that knows mentions (Mattermost, Discord, Adaptive Cards)."""
    return MARKDOWN.sub(r"\\\1", text).replace("@", f"@{UNSEEN}")


def fenced(text: str) -> str:
    """A block of code that the text cannot close."""
    return "```\n" + text.replace("```", f"`{UNSEEN}`{UNSEEN}`") + "\n```"


def xml(text: str) -> str:
    """For HTML and XML, without what neither may hold."""
    return html.escape("".join(char for char in text if char >= " " or char in "\n\t"), quote=True)
