"""Is a way to people or rooms still open? Asked of its provider without anybody hearing it.

Sources: core.telegram.org/bots/api (sendChatAction shows “typing” and notifies nobody), pushover.net/api
(users/validate), twilio.com/docs (Account resource), docs.ntfy.sh (/v1/health), docs.discord.com (Get Webhook with
Token), docs.slack.dev (a webhook that exists refuses an empty message with `no_text`), api.mattermost.com
(system/ping).
"""

from collections.abc import Callable

from django.conf import settings

from oncall.clients import channels, http_posts, ntfy, pushover, telegram
from portal.lib import safe_http

UNKNOWN, GONE = 404, 410
OF_A_CHANNEL = "BROADCAST_FORBIDDEN"
"""Nobody types in a channel of Telegram."""

EMPTY = ("ok", "no_text", "invalid_payload", "missing_text_or_fallback_or_attachments")


def problem_of(kind: str, address: str) -> str | None:
    """What is wrong, or nothing; None where nobody can be asked. DeliveryError where there was no answer this time."""
    channel = channels.CHANNELS.get(kind)
    if channel is None:
        return "There is no such channel any more."
    if wrong := channel.check_address(address):
        return wrong
    ask = ASK.get(kind)
    return ask(address) if ask else None


def _telegram(address: str) -> str | None:
    answer = http_posts.post_json(telegram.api("sendChatAction"), {"chat_id": address, "action": "typing"})
    told = http_posts.answer_of(answer)
    words = str(told.get("description", ""))
    return None if OF_A_CHANNEL in words else _verdict(answer, told.get("ok") is True, words)


def _pushover(address: str) -> str:
    return pushover.PushoverChannel().check_person(address)


def _twilio(_address: str) -> str:
    account = http_posts.needed("PORTAL_TWILIO_ACCOUNT_SID", settings.PORTAL_TWILIO_ACCOUNT_SID)
    token = http_posts.needed("PORTAL_TWILIO_AUTH_TOKEN", settings.PORTAL_TWILIO_AUTH_TOKEN)
    url = f"{settings.PORTAL_TWILIO_URL}/2010-04-01/Accounts/{account}.json"
    answer = _get(url, {"Authorization": http_posts.basic(account, token)})
    status = http_posts.answer_of(answer).get("status")
    return _verdict(answer, status == "active", f"The portal's account at Twilio is {status}.")


def _discord(address: str) -> str:
    answer = _get(address)
    told = http_posts.answer_of(answer)
    return _verdict(answer, bool(told.get("id")), str(told.get("message", "")))


def _slack(address: str) -> str:
    answer = http_posts.post_json(address, {})
    return _verdict(answer, http_posts.text_of(answer) in EMPTY, http_posts.text_of(answer))


def _ntfy(address: str) -> str | None:
    server, _ = ntfy.parts(address)
    answer = _get(f"{server}/v1/health")
    is_well = answer.status == UNKNOWN or http_posts.answer_of(answer).get("healthy") is True
    return _verdict(answer, is_well, "The server is not well.") or None


def _mattermost(address: str) -> str | None:
    answer = _get(address.rpartition("/hooks/")[0] + "/api/v4/system/ping")
    is_well = answer.status == UNKNOWN or http_posts.is_taken(answer)
    return _verdict(answer, is_well, "The server is not well.") or None


def _webhook(address: str) -> str | None:
    """That somebody is there; what it takes POSTs for is its own secret."""
    answer = _get(address, method="HEAD")
    return f"HTTP {GONE}: it is gone for good." if answer.status == GONE else None


def _get(url: str, headers: dict[str, str] | None = None, *, method: str = "GET") -> safe_http.Response:
    return http_posts.post(url, b"", headers=headers or {}, method=method)


def _verdict(answer: safe_http.Response, is_fine: bool, words: str) -> str:
    """Nothing where it is fine; an answer that may be another one tomorrow is raised."""
    if is_fine:
        return ""
    if not http_posts.is_final(answer.status):
        raise http_posts.refusal(answer, permanent=False)
    return f"HTTP {answer.status} {words}"[:300].strip()


ASK: dict[str, Callable[[str], str | None]] = {
    "telegram": _telegram,
    "pushover": _pushover,
    "sms": _twilio,
    "voice": _twilio,
    "discord": _discord,
    "slack": _slack,
    "ntfy": _ntfy,
    "mattermost": _mattermost,
    "webhook": _webhook,
}
