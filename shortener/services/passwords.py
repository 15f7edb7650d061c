"""Passwords of links: how often one may be tried, and what a visitor carries who knew it.

The budgets are spent before anything is compared. The cookie is signed, lives for a few minutes, and is worth nothing
once the link has changed in any way.
"""

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.core import signing

from shortener.domain.budgets import Budget
from shortener.domain.visitors import Visitor, network_of
from shortener.models import Link
from shortener.services import budgets

PER_CLIENT = Budget(limit=5, seconds=60)
PER_LINK = Budget(limit=100, seconds=60)
"""For all clients together, so that many of them guess no faster."""

LONGEST = 1_000
ADMITTED_SECONDS = 600


def is_right(*, link: Link, password: str, visitor: Visitor, now: datetime) -> bool:
    """Whether this is the link's password. Raises BudgetSpent before it looks, when too many were tried."""
    client = network_of(visitor.parsed_address) or "unknown"
    budgets.spend(name="Passwords", key=f"pw:{link.pk}:{client}"[:33], budget=PER_CLIENT, now=now)
    budgets.spend(name="Passwords of this link", key=f"pw:{link.pk}", budget=PER_LINK, now=now)
    return len(password) <= LONGEST and check_password(password, link.password_hash)


def cookie_name(link: Link) -> str:
    """The name of the cookie of a link."""
    return f"link_{link.public_id}"


def admission(link: Link) -> str:
    """What the cookie of somebody who knew the password says."""
    return _signer(link).sign(str(link.version))


def is_admitted(link: Link, cookie: str | None) -> bool:
    """Whether the cookie was made for this very version of the link, not long ago."""
    try:
        said = _signer(link).unsign(cookie or "", max_age=ADMITTED_SECONDS)
    except signing.BadSignature:
        return False
    return said == str(link.version)


def _signer(link: Link) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"shortener.passwords:{link.pk}")
