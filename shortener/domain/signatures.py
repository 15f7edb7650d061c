"""How webhooks are signed, by the Standard Webhooks scheme (standardwebhooks.com), version v1.

Signed is `<id>.<seconds since the epoch>.<body>` with HMAC-SHA256; the key is what stands in base64 behind `whsec_`.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping

PREFIX = "whsec_"
KEY_BYTES = 32
TOLERANCE_SECONDS = 300


def new_secret() -> str:
    """A fresh secret of 256 bits, as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def sign(*, secret: str, event_id: str, seconds: int, body: bytes) -> str:
    """The value of `webhook-signature`."""
    signed = f"{event_id}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def headers(*, secret: str, event_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows that a body is ours, fresh and whole."""
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": sign(secret=secret, event_id=event_id, seconds=seconds, body=body),
    }


def is_genuine(*, secret: str, given: Mapping[str, str], body: bytes, seconds: int) -> bool:
    """What a receiver does: whether one of the signatures fits and the time is within five minutes of `seconds`."""
    sent = given.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(int(sent) - seconds) > TOLERANCE_SECONDS:
        return False
    wanted = sign(secret=secret, event_id=given.get("webhook-id", ""), seconds=int(sent), body=body)
    found = given.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(wanted.encode(), one.encode()) for one in found)


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        return secret.encode()
