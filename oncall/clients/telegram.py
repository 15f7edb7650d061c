"""Pages by a bot of Telegram, with buttons.

Source: core.telegram.org/bots/api: `{"ok": true, "result": {"message_id"}}`, else `error_code`, `description` and,
with 429, `parameters.retry_after`. 403 says that the bot was blocked or thrown out.
"""

from typing import Any

from django.conf import settings

from oncall.clients import http_posts
from oncall.domain import marks
from oncall.domain.messages import Message, Receipt, shortened

MOST = 3500
MOST_OF_CAPTION = 900


class TelegramChannel:
    """Sends to a chat by its number; `@name` is for public channels."""

    kind = "telegram"
    label = "Telegram"
    hint = "The number of your chat with the bot. Write /start to the bot first; it answers with the number."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        number = address.removeprefix("-")
        is_number = number.isascii() and number.isdecimal() and len(number) <= 20
        is_name = address.startswith("@") and address[1:].isidentifier() and address.isascii()
        return "" if is_number or is_name else "The number of a chat, such as 123456789, or @channel."

    def send(self, message: Message) -> Receipt:
        method, said = payload(message)
        answer = http_posts.post_json(api(method), said, headers={"X-Request-Id": message.page_id})
        told = http_posts.answer_of(answer)
        if http_posts.is_taken(answer) and told.get("ok") is True:
            result = told.get("result")
            number = result.get("message_id", "") if isinstance(result, dict) else ""
            return Receipt(f"{message.address}/{number}"[:200], "ok")
        code = told.get("error_code")
        permanent = http_posts.is_final(code) if isinstance(code, int) else None
        raise http_posts.refusal(answer, str(told.get("description", ""))[:200], permanent=permanent)


def payload(message: Message) -> tuple[str, dict[str, Any]]:
    """The method and what it is given: a picture with a caption where there is one."""
    title, text = marks.xml(message.subject), message.text
    said: dict[str, Any] = {"chat_id": message.address, "parse_mode": "HTML"}
    if message.is_page:
        said["reply_markup"] = {"inline_keyboard": _buttons(message)}
    if message.image_url:
        caption = f"<b>{title}</b>\n{marks.xml(shortened(text, MOST_OF_CAPTION))}"
        return "sendPhoto", said | {"photo": message.image_url, "caption": caption}
    whole = f"<b>{title}</b>\n{marks.xml(shortened(text, MOST))}"
    return "sendMessage", said | {"text": whole, "link_preview_options": {"is_disabled": True}}


def api(method: str) -> str:
    """The address of a method of the bot."""
    token = http_posts.needed("PORTAL_TELEGRAM_TOKEN", settings.PORTAL_TELEGRAM_TOKEN)
    return f"{settings.PORTAL_TELEGRAM_URL}/bot{token}/{method}"


def answer_button(query_id: str, text: str) -> None:
    """Ends the waiting of a button with a sentence."""
    http_posts.post_json(api("answerCallbackQuery"), {"callback_query_id": query_id, "text": text[:200]})


def say(chat_id: str, text: str) -> None:
    """Says one sentence in a chat."""
    http_posts.post_json(api("sendMessage"), {"chat_id": chat_id, "text": text[:4000]})


def _buttons(message: Message) -> list[list[dict[str, str]]]:
    """64 bytes is all that a button may carry: the page's own id."""
    acts = [
        {"text": label, "callback_data": f"{word}:{message.page_id}"}
        for label, word in (("Acknowledge", "acknowledge"), ("Resolve", "resolve"))
    ]
    return [acts, [{"text": "Open", "url": message.ack_url}]]
