"""How API tokens and links in mails look, and how they are compared without being stored."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

TOKEN_MARK = "prt"  # noqa: S105 - the public beginning of every token, no secret
PREFIX_LENGTH = 8
SECRET_BYTES = 32
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
SHAPE = re.compile(rf"{TOKEN_MARK}_([a-z0-9]{{{PREFIX_LENGTH}}})_([A-Za-z0-9_-]{{1,100}})")


@dataclass(frozen=True, slots=True)
class NewToken:
    """A fresh token: `text` is shown once; `prefix` and `digest` are stored."""

    text: str
    prefix: str
    digest: str


def new_token() -> NewToken:
    """A token `prt_<8 characters>_<43 characters>` over 32 random bytes."""
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(PREFIX_LENGTH))
    secret = new_secret()
    return NewToken(text=f"{TOKEN_MARK}_{prefix}_{secret}", prefix=prefix, digest=digest(secret))


def new_secret() -> str:
    """32 random bytes as 43 URL-safe characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).rstrip(b"=").decode()


def digest(secret: str) -> str:
    """SHA-256 in hex: enough for a secret of 256 random bits, and cheap enough for every request."""
    return hashlib.sha256(secret.encode()).hexdigest()


def split(text: str) -> tuple[str, str] | None:
    """The prefix and secret of a token, None when `text` has not the shape of one."""
    found = SHAPE.fullmatch(text)
    return (found[1], found[2]) if found else None


def matches(secret: str, stored_digest: str) -> bool:
    """Whether `secret` has the stored digest, compared in constant time."""
    return hmac.compare_digest(digest(secret), stored_digest)
