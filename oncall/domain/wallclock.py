"""Local wall-clock times and the instants they mean, whatever a zone does to its clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of the naive `local` time, for starts and handoffs.

    A time that the clock skips means the first instant after the gap; a time that it shows twice means the first.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    return _end_of_gap(local.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)


def last_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of the naive `local` time, for ends of windows: a time that is shown twice means the last."""
    last = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return last if last.astimezone(zone).replace(tzinfo=None) == local else instant(local, zone)


def local_time(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows at `at`, without its zone."""
    return at.astimezone(zone).replace(tzinfo=None)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The transition between two instants, found by halving: offsets differ on its two sides."""
    low, high = min(before, after), max(before, after)
    old = low.astimezone(zone).utcoffset()
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high
