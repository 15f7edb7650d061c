"""The widths of the buckets of a graph, and where the buckets begin. All of it in UTC, as the roll-ups are kept."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

STEPS = ("minute", "hour", "day", "week", "month")
WIDTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
LONGEST = {
    "minute": timedelta(hours=6),
    "hour": timedelta(days=92),
    "day": timedelta(days=366 * 5),
    "week": timedelta(days=366 * 10),
    "month": timedelta(days=366 * 20),
}
SUITED = (
    ("minute", timedelta(hours=2)),
    ("hour", timedelta(days=8)),
    ("day", timedelta(days=120)),
    ("week", timedelta(days=800)),
)
WHOLE_DAYS = frozenset({"day", "week", "month"})


def suited(length: timedelta) -> str:
    """The step that a span of this length is best read in."""
    return next((step for step, longest in SUITED if length <= longest), "month")


def floor(step: str, at: datetime) -> datetime:
    """The beginning of the bucket that holds `at`; weeks begin on Monday, months on their first day."""
    minute = at.astimezone(UTC).replace(second=0, microsecond=0)
    if step == "minute":
        return minute
    hour = minute.replace(minute=0)
    if step == "hour":
        return hour
    day = hour.replace(hour=0)
    if step == "day":
        return day
    return day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)


def moved(step: str, start: datetime, count: int) -> datetime:
    """The beginning of the bucket that lies `count` buckets after the one that begins at `start`."""
    if step != "month":
        return start + WIDTHS[step] * count
    months = start.year * 12 + start.month - 1 + count
    return start.replace(year=months // 12, month=months % 12 + 1)


def starts(step: str, start: datetime, end: datetime) -> list[datetime]:
    """The beginnings of all buckets that [start, end) touches; there is always one."""
    return list(_starts(step, floor(step, start), end))


def _starts(step: str, first: datetime, end: datetime) -> Iterator[datetime]:
    yield first
    while (first := moved(step, first, 1)) < end:
        yield first
