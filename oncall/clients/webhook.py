"""Pages to a program: JSON over the one safe client, signed.

`Portal-Signature` is `v1=` and the hex HMAC-SHA256 of `<timestamp>.<event id>.<body>` under the contact's secret;
while a secret is being replaced there are two of them with a comma between, and either is good.
"""

import hashlib
import hmac
import json
import time

from oncall.clients import http_posts
from oncall.domain.messages import Message, Receipt

EXAMPLE = "https://example.com/pages"


class WebhookChannel:
    """POSTs the page; 2xx takes it over, 4xx refuses it for good, the rest may be tried again."""

    kind = "webhook"
    label = "Webhook"
    hint = f"An address that takes a signed POST, such as {EXAMPLE}."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        return http_posts.url_problem(address, example=EXAMPLE)

    def send(self, message: Message) -> Receipt:
        body, timestamp = payload(message), str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.page_id,
            "Portal-Event-Id": message.page_id,
            "Portal-Timestamp": timestamp,
            "Portal-Signature": signatures(message.secret, timestamp, message.page_id, body),
        }
        answer = http_posts.post(message.address, body, headers=headers)
        if not http_posts.is_taken(answer):
            raise http_posts.refusal(answer)
        said = http_posts.answer_of(answer)
        return Receipt(
            provider_id=answer.headers.get("X-Request-Id", "")[:200],
            answer=f"HTTP {answer.status}",
            is_acknowledged=message.is_page and said.get("acknowledged") is True,
        )


def payload(message: Message) -> bytes:
    """The body: the event's id, what is wrong and where to act on it. A `note`, such as a code or a trial, is none."""
    said = {
        "id": message.page_id,
        "type": "page" if message.is_page else "note",
        "subject": message.subject,
        "text": message.text,
        "ack_url": message.ack_url,
        "alert": message.facts,
    }
    return json.dumps(said, separators=(",", ":")).encode()


def signatures(secret: str, timestamp: str, event_id: str, body: bytes) -> str:
    """The header: one signature per secret."""
    return ",".join(f"v1={signature(one, timestamp, event_id, body)}" for one in secret.split(","))


def signature(secret: str, timestamp: str, event_id: str, body: bytes) -> str:
    """What the receiver computes again to know that the page is ours, fresh and whole."""
    signed = f"{timestamp}.{event_id}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
