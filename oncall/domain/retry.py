"""When a page that failed for the moment is tried again."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

DELAYS = (timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60))
LEASE = timedelta(seconds=45)
LONGEST = timedelta(minutes=5)


def delay(attempts: int, wanted: timedelta | None = None) -> timedelta | None:
    """The wait after the `attempts`-th failure, and longer where the provider `wanted` it, up to five minutes.

    None when the rule has had its chances.
    """
    own = DELAYS[attempts - 1] if 1 <= attempts <= len(DELAYS) else None
    return own if own is None or wanted is None else max(own, min(wanted, LONGEST))


def wanted(headers: Mapping[str, str], said: Mapping[str, Any], *, now: datetime) -> timedelta | None:
    """How long a provider wants to be left alone; None where it did not say so in a way that makes sense.

    `Retry-After` is seconds or a date (RFC 9110, 10.2.3), which is read by the provider's own clock where its answer
    has one; else `retry_after` of a JSON object is seconds, as Discord says it, or of its `parameters`, as Telegram.
    """
    header = str(headers.get("Retry-After", "")).strip()
    if header and not header.isdecimal():
        return _until(header, str(headers.get("Date", "")), now)
    inner = said.get("parameters")
    told = header or said.get("retry_after") or (inner.get("retry_after") if isinstance(inner, Mapping) else None)
    return _seconds(told)


def _seconds(told: Any) -> timedelta | None:
    try:
        seconds = float(told)
    except (TypeError, ValueError, OverflowError):
        return None
    return timedelta(seconds=min(seconds, LONGEST.total_seconds())) if math.isfinite(seconds) and seconds > 0 else None


def _until(header: str, date: str, now: datetime) -> timedelta | None:
    found = _instant(header)
    wait = found - (_instant(date) or now) if found else None
    return wait if wait is not None and wait > timedelta() else None


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
