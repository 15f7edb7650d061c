"""Pages to a program: JSON over the one safe client, signed.

`Portal-Signature` is `v1=` and the hex HMAC-SHA256 of `<timestamp>.<event id>.<body>` under the contact's secret.
"""

import hashlib
import hmac
import json
import time

from oncall.domain.messages import Message, Receipt
from oncall.exceptions import DeliveryError
from portal.lib import safe_http

TIMEOUT = 10.0
MAX_BYTES = 10_000
TRY_AGAIN = (408, 425, 429)


class WebhookChannel:
    """POSTs the page; 2xx takes it over, 4xx refuses it for good, the rest may be tried again."""

    kind = "webhook"
    label = "Webhook"

    def send(self, message: Message) -> Receipt:
        body = payload(message)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "Portal-Event-Id": message.page_id,
            "Portal-Timestamp": timestamp,
            "Portal-Signature": f"v1={signature(message.secret, timestamp, message.page_id, body)}",
        }
        try:
            answer = safe_http.request(
                "POST", message.address, headers=headers, body=body, timeout=TIMEOUT, max_bytes=MAX_BYTES
            )
        except safe_http.FetchError as error:
            raise DeliveryError(error.reason, permanent=error.permanent) from error
        return _receipt(answer)


def payload(message: Message) -> bytes:
    """The body: the event's id, what is wrong and where to act on it."""
    said = {
        "id": message.page_id,
        "type": "page",
        "subject": message.subject,
        "text": message.text,
        "ack_url": message.ack_url,
        "alert": message.facts,
    }
    return json.dumps(said, separators=(",", ":")).encode()


def signature(secret: str, timestamp: str, event_id: str, body: bytes) -> str:
    """What the receiver computes again to know that the page is ours, fresh and whole."""
    signed = f"{timestamp}.{event_id}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _receipt(answer: safe_http.Response) -> Receipt:
    said = f"HTTP {answer.status}"
    if 200 <= answer.status < 300:
        return Receipt(provider_id=answer.headers.get("X-Request-Id", "")[:200], answer=said)
    refused = 300 <= answer.status < 500 and answer.status not in TRY_AGAIN
    raise DeliveryError(said, permanent=refused)
