"""When a person is not to be disturbed by what can wait. Pages are moved to the end of it, never dropped."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncall.domain import wallclock
from oncall.domain.escalation import WEEKDAYS, IfHours

ALWAYS_DISTURBS = "critical"
DAY = timedelta(days=1)


def disturbs(severity: str) -> bool:
    """Whether alerts of this class are not held back at any hour."""
    return severity == ALWAYS_DISTURBS


def earliest(at: datetime, *, starts: time, ends: time, zone: str, weekdays: tuple[int, ...]) -> datetime:
    """`at`, or the end of the quiet hours that it falls into; no `weekdays` are all of them."""
    hours = IfHours(weekdays or WEEKDAYS, starts, ends, zone)
    if not hours.holds(at):
        return at
    local = wallclock.local_time(at, ZoneInfo(zone))
    is_tomorrow = local.time() >= ends
    return wallclock.instant(datetime.combine(local.date() + is_tomorrow * DAY, ends), ZoneInfo(zone))
