"""Times that cron expressions and systemd's OnCalendar name, in the local time of a zone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError
from oncalendar import OnCalendar, OnCalendarError

Kind = Literal["cron", "calendar"]
SHORTEST = timedelta(minutes=1)
SAMPLE = 20
LONGEST_TEXT = 200


class BadTimetable(ValueError):
    """The expression or the zone cannot be used; `field` is `expression` or `zone`, the message says why."""

    def __init__(self, message: str, *, field: str = "expression") -> None:
        super().__init__(message)
        self.field = field


def check(kind: Kind, expression: str, zone: str, *, now: datetime) -> None:
    """Raises BadTimetable for what names no time after `now`, or times less than a minute apart."""
    if zone not in available_timezones():
        raise BadTimetable(f"There is no zone '{zone}'. Use a name such as Europe/Vienna.", field="zone")
    if "\n" in expression.strip() or len(expression) > LONGEST_TEXT:
        raise BadTimetable(f"Give one expression of at most {LONGEST_TEXT} characters.")
    times = list(islice(_times(kind, expression, zone, now), SAMPLE))
    if not times:
        raise BadTimetable("There is no such time to come.")
    if any(later - earlier < SHORTEST for earlier, later in pairwise(times)):
        raise BadTimetable("The times lie less than a minute apart.")


def following(kind: Kind, expression: str, zone: str, after: datetime) -> datetime | None:
    """The first time strictly after `after`, in UTC; None when there is none. BadTimetable as `check`."""
    return next(_times(kind, expression, zone, after), None)


def upcoming(kind: Kind, expression: str, zone: str, after: datetime, count: int) -> list[datetime]:
    """The next `count` times, fewer where they end."""
    return list(islice(_times(kind, expression, zone, after), count))


def _times(kind: Kind, expression: str, zone: str, after: datetime) -> Iterator[datetime]:
    start = after.astimezone(_zone(zone))
    try:
        found: Iterator[datetime] = (CronSim if kind == "cron" else OnCalendar)(expression.strip(), start)
        for at in found:
            yield at.astimezone(UTC)
    except (CronSimError, OnCalendarError) as error:
        example = "30 2 * * 1-5" if kind == "cron" else "Mon..Fri 02:30"
        raise BadTimetable(f"This is no expression such as {example}: {error}.") from error
    except (OverflowError, ValueError) as error:
        raise BadTimetable("The times of this expression cannot be counted.") from error


@lru_cache(maxsize=200)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
