"""When people may be told what can wait: nobody is woken because a contact of theirs is broken."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST, LAST = 9, 18
"""From nine until six on the person's own clock."""


def is_daytime(zone: str, at: datetime) -> bool:
    """Whether `at` is within the day of somebody who lives in `zone`; a zone that does not exist counts as UTC."""
    try:
        local = at.astimezone(ZoneInfo(zone))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        local = at
    return FIRST <= local.hour < LAST
