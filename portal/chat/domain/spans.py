"""How long: `30m`, `2h`, `1d`, `1h30m`."""

import re
from datetime import timedelta

SHAPE = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,4})m)?", re.ASCII | re.IGNORECASE)
LONGEST = timedelta(days=14)


def span_of(text: str) -> timedelta | None:
    """The length that `text` says, at most two weeks; None when it says none."""
    found = SHAPE.fullmatch(text.strip())
    if not text.strip() or found is None:
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes)
    return length if timedelta() < length <= LONGEST else None


def said(length: timedelta) -> str:
    """`2 h 30 min`, as people read it."""
    minutes = round(length.total_seconds() / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{days} d"] * bool(days) + [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    return " ".join(parts) or "0 min"
