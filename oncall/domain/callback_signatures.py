"""Is a callback really the provider's?

Source: twilio.com/docs, "Validating requests": base64 of HMAC-SHA1 under the account's token over the whole URL and
each field's name and value, sorted by name.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence


def twilio_signature(token: str, url: str, fields: Mapping[str, Sequence[str]]) -> str:
    """What Twilio writes into `X-Twilio-Signature`."""
    said = url + "".join(f"{name}{value}" for name in sorted(fields) for value in sorted(set(fields[name])))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()


def is_from_twilio(token: str, *, url: str, fields: Mapping[str, Sequence[str]], signature: str) -> bool:
    """Whether the request was signed with the account's token; without one nothing is."""
    if not token:
        return False
    return hmac.compare_digest(twilio_signature(token, url, fields).encode(), signature.encode())


def is_known_secret(told: str, secret: str) -> bool:
    """Whether the caller knows the secret that was agreed on; without one nobody does."""
    return bool(secret) and hmac.compare_digest(told.encode(), secret.encode())
