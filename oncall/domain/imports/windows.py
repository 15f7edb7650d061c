"""Windows of a week that last any time, cut into what a restriction can say: at most a day each."""

from datetime import datetime, time, timedelta
from typing import Any

from oncall.domain.restrictions import DAY, WEEKDAYS

MONDAY = datetime.fromisoformat("2024-01-01T00:00")
WEEK = timedelta(weeks=1)


def window(weekdays: list[int] | None, begins: time, length: timedelta) -> list[dict[str, Any]]:
    """Restrictions for `length` of time from `begins` on each of `weekdays` (every day without them).

    Nothing for what covers all time; a length that is not positive is a ValueError.
    """
    if length <= timedelta(0):
        raise ValueError("A window lasts some time.")
    if length >= (DAY if weekdays is None else WEEK):
        return []
    if length <= DAY:
        ends = (datetime.combine(MONDAY, begins) + length).time()
        days = {} if weekdays is None else {"weekdays": [WEEKDAYS[day] for day in weekdays]}
        return [{**days, "from": _clock(begins), "to": _clock(ends)}]
    return [piece for day in weekdays or range(7) for piece in _pieces(day, begins, length)]


def _pieces(day: int, begins: time, length: timedelta) -> list[dict[str, Any]]:
    """One long window as pieces that end with each day."""
    start = datetime.combine(MONDAY + day * DAY, begins)
    end, found = start + length, []
    while start < end:
        until = min(end, datetime.combine(start.date() + DAY, time()))
        found.append(
            {"weekdays": [WEEKDAYS[start.weekday()]], "from": _clock(start.time()), "to": _clock(until.time())}
        )
        start = until
    return found


def _clock(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
