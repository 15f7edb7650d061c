"""Is a request really the chat's? Slack signs, Mattermost hands over a token.

Source: Slack, "Verifying requests from Slack": `v0=` and the hex HMAC-SHA256 of `v0:<timestamp>:<body>`.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

FRESH = timedelta(minutes=5)


def slack_signature(secret: str, timestamp: str, body: bytes) -> str:
    """What Slack writes into `X-Slack-Signature` for this body."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_from_slack(secret: str, *, timestamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """Whether the body was signed with `secret` within five minutes of `now`; without a secret nothing is."""
    if not secret or not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        return False
    if abs(now.timestamp() - int(timestamp)) > FRESH.total_seconds():
        return False
    return hmac.compare_digest(slack_signature(secret, timestamp, body).encode(), signature.encode())


def is_known_token(token: str, known: Iterable[str]) -> bool:
    """Whether `token` is one of those that Mattermost was set up with; all are compared in constant time."""
    found = [hmac.compare_digest(token.encode(), one.encode()) for one in known if one]
    return any(found)
