"""Months as reports and pay name them, on a team's clock."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from oncall.domain import wallclock
from oncall.domain.restrictions import Stretch

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
FIRST_YEAR = 2000
AHEAD, DAY = timedelta(days=366), timedelta(days=1)


def month_of(text: str, *, now: datetime, zone: ZoneInfo) -> date | None:
    """The first day of a month such as 2026-03, at most a year ahead; without text the month of `now`; else None."""
    today = wallclock.local_time(now, zone).date()
    if not text:
        return today.replace(day=1)
    found = MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < FIRST_YEAR:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    return first if first <= today + AHEAD else None


def month_at(now: datetime, zone: ZoneInfo) -> date:
    """The first day of the month of `now`."""
    return wallclock.local_time(now, zone).date().replace(day=1)


def following(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def former(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def span(month: date, zone: ZoneInfo) -> Stretch:
    """`[start, end)` from the month's first local midnight to that of the next."""
    return midnight(month, zone), midnight(following(month), zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local day begins."""
    return wallclock.instant(datetime.combine(day, time()), zone)


def weeks(month: date, zone: ZoneInfo, count: int) -> list[Stretch]:
    """The weeks from Monday to Monday up to the one in which the month ends, in order."""
    last = following(month) - timedelta(days=1)
    monday = last - timedelta(days=last.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return [(midnight(one, zone), midnight(one + timedelta(weeks=1), zone)) for one in starts]
