"""What SMS and voice share: Twilio's REST API.

Source: twilio.com/docs, "Message resource", "Call resource" and the list of errors: 201 with a `sid`, else `{"code",
"message"}`. Twilio knows no idempotency key; the page's id goes along in the address that it reports to.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings

from oncall.clients import http_posts
from oncall.domain.messages import Message, Receipt
from oncall.exceptions import DeliveryError

NUMBER_DIGITS = range(8, 16)
BUSY = (20429, 14107, 30001, 21611)
FAILED = ("failed", "undelivered", "canceled")


def number_problem(address: str) -> str:
    """Why `address` is no telephone number in E.164; empty when it is."""
    digits = address.removeprefix("+")
    is_number = address.startswith("+") and digits.isascii() and digits.isdecimal() and len(digits) in NUMBER_DIGITS
    return "" if is_number and digits[0] != "0" else "A number with its country, such as +491701234567."


def create(resource: str, message: Message, fields: Sequence[tuple[str, str]]) -> Receipt:
    """POSTs one Messages.json or Calls.json."""
    account = http_posts.needed("PORTAL_TWILIO_ACCOUNT_SID", settings.PORTAL_TWILIO_ACCOUNT_SID)
    token = http_posts.needed("PORTAL_TWILIO_AUTH_TOKEN", settings.PORTAL_TWILIO_AUTH_TOKEN)
    sender = http_posts.needed("PORTAL_TWILIO_FROM", settings.PORTAL_TWILIO_FROM)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": http_posts.basic(account, token),
        "X-Request-Id": message.page_id,
    }
    form = urlencode([("To", message.address), ("From", sender), *fields]).encode()
    url = f"{settings.PORTAL_TWILIO_URL}/2010-04-01/Accounts/{account}/{resource}.json"
    answer = http_posts.post(url, form, headers=headers)
    said = http_posts.answer_of(answer)
    if not http_posts.is_taken(answer):
        code = said.get("code")
        permanent = False if code in BUSY else None
        raise http_posts.refusal(answer, f"{code or ''} {said.get('message', '')}".strip()[:200], permanent=permanent)
    if said.get("status") in FAILED or said.get("error_code"):
        raise DeliveryError(f"Twilio says {said.get('status')}, error {said.get('error_code')}", permanent=True)
    if not said.get("sid"):
        raise http_posts.refusal(answer, "without the id of a message")
    return Receipt(str(said["sid"])[:200], f"HTTP {answer.status} {said.get('status', '')}".strip())


def status_url(message: Message) -> str:
    """Where Twilio reports what became of it; empty where nobody wants to know."""
    return (
        f"{message.callback_url}twilio/status/{message.token}/?page={message.page_id}" if message.callback_url else ""
    )
