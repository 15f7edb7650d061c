"""Pages through Pushover: what is critical rings until somebody acknowledges it.

Source: pushover.net/api: `{"status": 1, "request": ..., "receipt": ...}`; priority 2 needs `retry` and `expire` and
hands out a receipt; 4xx must not be repeated as it is, 429 is the monthly limit.
"""

from urllib.parse import urlencode

from django.conf import settings

from oncall.clients import http_posts
from oncall.domain.messages import Message, Receipt, shortened

RETRY, EXPIRE = 60, 1800
EMERGENCY, HIGH, USUAL = 2, 1, 0
KEY = 30
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class PushoverChannel:
    """Sends to the key of a user or a group."""

    kind = "pushover"
    label = "Pushover"
    hint = "Your user key (30 letters and digits), as pushover.net shows it when you are signed in."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        is_key = len(address) == KEY and address.isascii() and address.isalnum()
        return "" if is_key else "A user or group key has 30 letters and digits."

    def send(self, message: Message) -> Receipt:
        body = urlencode(fields(message)).encode()
        headers = FORM | {"X-Request-Id": message.page_id}
        answer = http_posts.post(f"{settings.PORTAL_PUSHOVER_URL}/1/messages.json", body, headers=headers)
        said = http_posts.answer_of(answer)
        if http_posts.is_taken(answer) and said.get("status") == 1:
            return Receipt(str(said.get("receipt") or said.get("request") or "")[:200], f"HTTP {answer.status}")
        raise http_posts.refusal(answer, _errors(said))

    def check_person(self, address: str) -> str:
        """What Pushover finds wrong with a key without sending anything; DeliveryError when it does not say."""
        body = urlencode({"token": _token(), "user": address}).encode()
        answer = http_posts.post(f"{settings.PORTAL_PUSHOVER_URL}/1/users/validate.json", body, headers=FORM)
        said = http_posts.answer_of(answer)
        if said.get("status") == 1:
            return ""
        if not http_posts.is_final(answer.status):
            raise http_posts.refusal(answer)
        return _errors(said) or http_posts.refusal(answer).reason


def fields(message: Message) -> dict[str, str]:
    """The form that is posted."""
    said = {
        "token": _token(),
        "user": message.address,
        "title": message.subject,
        "message": shortened(message.brief, 1000),
        "priority": str(EMERGENCY if message.is_urgent else HIGH if message.is_page else USUAL),
    }
    if message.is_page:
        said |= {"url": message.ack_url, "url_title": "Acknowledge or resolve"}
    if message.is_urgent:
        said |= {"retry": str(RETRY), "expire": str(EXPIRE), "tags": message.page_id}
        if message.callback_url:
            said["callback"] = f"{message.callback_url}pushover/{message.token}/"
    return said


def stop_ringing(receipt: str) -> None:
    """Ends an emergency that was answered elsewhere; DeliveryError when Pushover does not take it."""
    url = f"{settings.PORTAL_PUSHOVER_URL}/1/receipts/{receipt}/cancel.json"
    answer = http_posts.post(url, urlencode({"token": _token()}).encode(), headers=FORM)
    if http_posts.answer_of(answer).get("status") != 1:
        raise http_posts.refusal(answer)


def _token() -> str:
    return http_posts.needed("PORTAL_PUSHOVER_TOKEN", settings.PORTAL_PUSHOVER_TOKEN)


def _errors(said: dict[str, object]) -> str:
    errors = said.get("errors")
    return ", ".join(str(error) for error in errors)[:200] if isinstance(errors, list) else ""
