"""When releases are welcome: hours of the week in local time, without holidays and without closed days.

A span is half-open: at its end the window is closed. Over a clock change the hours stay those of the wall clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
LOOK_AHEAD = 400


@dataclass(frozen=True, slots=True)
class Hours:
    """`[start, end)` in minutes of the local day, on some days of the week (0 is Monday); 1440 is midnight."""

    days: tuple[int, ...]
    start: int
    end: int

    @property
    def words(self) -> str:
        """Such as `mon, tue 10:00-16:00`."""
        return f"{', '.join(DAYS[day] for day in self.days)} {clock_text(self.start)}-{clock_text(self.end)}"


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which nothing is released, both ends included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A week of hours in one zone, the holidays of a country (and part of it), and closed days of its own."""

    zone: str
    hours: tuple[Hours, ...]
    country: str = ""
    subdivision: str = ""
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowAnswer:
    """Whether the window is open at an instant, why (not), and when that changes next (None: not within 400 days)."""

    is_open: bool
    why: str
    changes_at: datetime | None


def answer(calendar: Calendar, at: datetime, holidays: Mapping[date, str]) -> WindowAnswer:
    """The window at `at`, a UTC instant; `holidays` names the country's in the year of `at` and the next."""
    zone = ZoneInfo(calendar.zone)
    day = at.astimezone(zone).date()
    ends = [end for start, end in spans_of(calendar, day, holidays) if start <= at < end]
    if ends:
        return WindowAnswer(True, "inside the release window", _end_of(calendar, max(ends), holidays))
    opens_at = _next_start(calendar, day, at, holidays)
    return WindowAnswer(False, _why_closed(calendar, day, holidays), opens_at)


def spans_of(calendar: Calendar, day: date, holidays: Mapping[date, str]) -> list[tuple[datetime, datetime]]:
    """The open spans of one local day as instants, the earliest first."""
    if day_off(calendar, day, holidays):
        return []
    zone = ZoneInfo(calendar.zone)
    today = sorted((hours for hours in calendar.hours if day.weekday() in hours.days), key=lambda one: one.start)
    return [(_instant(day, hours.start, zone), _instant(day, hours.end, zone)) for hours in today]


def day_off(calendar: Calendar, day: date, holidays: Mapping[date, str]) -> str:
    """The name of the holiday or closed day that `day` is; empty on other days."""
    own = next((closed.name for closed in calendar.closed if closed.first <= day <= closed.last), "")
    return own or holidays.get(day, "")


def _why_closed(calendar: Calendar, day: date, holidays: Mapping[date, str]) -> str:
    if name := day_off(calendar, day, holidays):
        return f"closed: {name}"
    today = [hours.words for hours in calendar.hours if day.weekday() in hours.days]
    if not today:
        return f"no release window on a {day:%A}"
    return f"outside {' and '.join(today)} ({calendar.zone})"


def _next_start(calendar: Calendar, day: date, at: datetime, holidays: Mapping[date, str]) -> datetime | None:
    for number in range(LOOK_AHEAD):
        for start, end in spans_of(calendar, day + timedelta(days=number), holidays):
            if at < start < end:
                return start
    return None


def _end_of(calendar: Calendar, end: datetime, holidays: Mapping[date, str]) -> datetime | None:
    """Where a run of spans that touch each other ends, such as at midnight between two full days."""
    zone = ZoneInfo(calendar.zone)
    for _ in range(LOOK_AHEAD):
        later = [e for s, e in spans_of(calendar, end.astimezone(zone).date(), holidays) if s <= end < e]
        if not later:
            return end
        end = max(later)
    return None


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    day, minute = (day + timedelta(days=1), 0) if minute == MIDNIGHT else (day, minute)
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone).astimezone(UTC)


def clock_text(minute: int) -> str:
    """Minutes of the day as `16:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"
