"""Words back to a chat after a button: the answer counts whether they arrive or not."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from oncall.clients import slack, telegram
from oncall.exceptions import DeliveryError

logger = logging.getLogger(__name__)


def to_slack(response_url: str, text: str) -> None:
    """Says in the room what a button did; only Slack's own addresses are answered."""
    if urlsplit(response_url).hostname in slack.HOSTS:
        _try("Slack", lambda: slack.respond(response_url, text))


def to_telegram_button(query_id: str, text: str) -> None:
    """Ends the waiting of a button."""
    _try("Telegram", lambda: telegram.answer_button(query_id, text))


def to_telegram_chat(chat_id: str) -> None:
    """Tells somebody who wrote /start what to enter as their contact."""
    if chat_id:
        text = f"The number of this chat is {chat_id}. Enter it in the portal, under Settings, How I am reached."
        _try("Telegram", lambda: telegram.say(chat_id, text))


def _try(name: str, say: Callable[[], None]) -> None:
    try:
        say()
    except DeliveryError as error:
        logger.warning("An answer could not be confirmed in %s: %s", name, error.reason)
