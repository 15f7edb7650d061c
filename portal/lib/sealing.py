"""Secrets that must be read again, such as the password a probe signs in with: sealed at rest, opened when used."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


class BrokenSeal(ValueError):
    """The text was sealed with another PORTAL_SECRET_KEY, or changed since."""


def seal(secret: str) -> str:
    """`secret` encrypted and signed with a key derived from PORTAL_SECRET_KEY; empty stays empty."""
    return _keys().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """What `seal` was given; BrokenSeal when it cannot be told any more."""
    if not sealed:
        return ""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise BrokenSeal("A secret was sealed with another PORTAL_SECRET_KEY. Enter it again.") from error


def _keys() -> MultiFernet:
    """The present key first, then those that Django falls back to."""
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"portal.lib.sealing:" + force_bytes(secret)).digest()))
