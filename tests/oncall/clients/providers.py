"""What each provider says when it takes a page, refuses one, and says 200 although it did not take it."""

from dataclasses import dataclass, field
from typing import Any

from oncall.domain.messages import Message
from tests.oncall.clients.receivers import Answer, HttpReceiver

SETTINGS = {
    "PORTAL_TWILIO_ACCOUNT_SID": "AC1",
    "PORTAL_TWILIO_AUTH_TOKEN": "secret",
    "PORTAL_TWILIO_FROM": "+15550100000",
    "PORTAL_TELEGRAM_TOKEN": "1:bot",
    "PORTAL_PUSHOVER_TOKEN": "app",
}
URLS = ("PORTAL_TWILIO_URL", "PORTAL_TELEGRAM_URL", "PORTAL_PUSHOVER_URL", "PORTAL_NTFY_URL")
BUSY: Answer = (429, '{"code": 20429, "ok": false, "error_code": 429, "parameters": {"retry_after": 7}}')


@dataclass(frozen=True)
class Provider:
    """`address` is where a page goes, `{url}` the receiver; `lie` is answered with 200 and leads to `lie_is`."""

    kind: str
    address: str
    takes: Answer
    refuses: Answer
    lie: str
    lie_is: str
    provider_id: str = ""
    carries_id: bool = True
    more: dict[str, Any] = field(default_factory=dict)


ALL = [
    Provider("webhook", "{url}/hook", (202, ""), (410, "gone"), '{"error": "no"}', "sent"),
    Provider(
        "slack", "{url}/services/T/B/x", (200, "ok"), (410, "channel_is_archived"), "channel_is_archived", "permanent"
    ),
    Provider(
        "mattermost", "{url}/hooks/x", (200, "ok"), (404, '{"message": "Invalid webhook"}'), "<html>", "temporary"
    ),
    Provider(
        "teams",
        "{url}/workflows/x",
        (202, ""),
        (404, '{"error": {"code": "WorkflowNotFound"}}'),
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
        "temporary",
    ),
    Provider(
        "discord",
        "{url}/api/webhooks/1/x",
        (200, '{"id": "77"}'),
        (404, '{"message": "Unknown Webhook", "code": 10015}'),
        '{"message": "no"}',
        "temporary",
        "77",
    ),
    Provider(
        "telegram",
        "4711",
        (200, '{"ok": true, "result": {"message_id": 9}}'),
        (403, '{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}'),
        '{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}',
        "permanent",
        "4711/9",
    ),
    Provider(
        "ntfy",
        "oncall-x",
        (200, '{"id": "n1"}'),
        (403, '{"code": 40301, "error": "forbidden"}'),
        "{}",
        "temporary",
        "n1",
    ),
    Provider(
        "pushover",
        "u" * 30,
        (200, '{"status": 1, "request": "r", "receipt": "rec"}'),
        (400, '{"status": 0, "errors": ["user key is invalid"]}'),
        '{"status": 0, "errors": ["later"]}',
        "temporary",
        "rec",
    ),
    Provider(
        "sms",
        "+491701234567",
        (201, '{"sid": "SM1", "status": "queued", "error_code": null}'),
        (400, '{"code": 21211, "message": "The number is not valid", "status": 400}'),
        '{"sid": "SM1", "status": "failed", "error_code": 30005}',
        "permanent",
        "SM1",
    ),
    Provider(
        "voice",
        "+491701234567",
        (201, '{"sid": "CA1", "status": "queued"}'),
        (400, '{"code": 21219, "message": "not verified", "status": 400}'),
        "{}",
        "temporary",
        "CA1",
    ),
    Provider("apprise", "prowl://" + "a" * 40, (200, "<prowl/>"), (401, "no"), "<html>", "sent", carries_id=False),
    Provider("mail", "bob@example.com", (250, "taken"), (550, "unknown user"), "250 and dropped", "sent"),
]


def page(provider: Provider, receiver: Any, **changes: Any) -> Message:
    """A critical page with everything that a page may carry, from a hostile alert."""
    url = receiver.url if isinstance(receiver, HttpReceiver) else ""
    told = {
        "page_id": "pag_1",
        "address": provider.address.format(url=url),
        "subject": "Act: Restart <b>it</b> @here & `now`",
        "text": "It is <!channel> down *bold* [x](https://evil.example) ```\n@everyone </Say>",
        "short": "Restart it. </Say><Hangup/>",
        "ack_url": "https://portal.example/alerts/ack/tok/",
        "secret": "s3cret",
        "severity": "critical",
        "code": "4217",
        "token": "tok",
        "callback_url": "https://portal.example/ingest/callbacks/",
        "image_url": "https://img.example/graph.png",
    }
    return Message(**(told | changes))
