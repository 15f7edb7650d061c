"""The window over which an SLO keeps its promise: some rolling days, or the current calendar period of a zone.

A calendar period begins at the first instant of its first local day. Where the clocks skip midnight that is the end of
the gap, where midnight comes twice it is the first one; the periods of a zone are therefore not all equally long. A
boundary between two full hours, as in Asia/Kolkata, begins at the full hour before, because hours are the finest counts
that are kept. Periods lie side by side without gap or overlap. The window is the period of the last closed minute.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from slo.domain.windows import HOUR, MINUTE, floor_to, window_start

NOMINAL_DAYS = {"week": 7, "month": 30, "quarter": 91, "year": 365}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """`days` rolling days, or with a `unit` (week, month, quarter, year) the calendar period of `zone`."""

    days: int = 30
    unit: str = ""
    zone: str = "UTC"

    @property
    def nominal(self) -> timedelta:
        """The length by which thresholds scale: the days, or 7, 30, 91 and 365 days for the units of the calendar."""
        return timedelta(days=NOMINAL_DAYS.get(self.unit, self.days))

    @property
    def text(self) -> str:
        """Such as `30 days` or `calendar month in Europe/Vienna`."""
        if self.unit:
            return f"calendar {self.unit} in {self.zone}"
        return f"{self.days} {'day' if self.days == 1 else 'days'}"

    def span(self, end: datetime) -> Span:
        """The window that ends at `end`, a full minute."""
        return (self.bounds(end)[0], end)

    def bounds(self, end: datetime) -> Span:
        """Where the window begins, and where it is over: at `end` while it rolls, else with the calendar period."""
        if not self.unit:
            return (window_start(end, timedelta(days=self.days)), end)
        return calendar_period(end - MINUTE, self.unit, self.zone)


@lru_cache(maxsize=1024)
def _day_begins(day: date, zone: str) -> datetime:
    local = datetime.combine(day, time(0), tzinfo=ZoneInfo(zone))
    return floor_to(local.astimezone(UTC), HOUR)


def calendar_period(minute: datetime, unit: str, zone: str) -> Span:
    """The period that holds `minute`, as `[start, end)` in UTC on full hours."""
    first = _first_day(minute.astimezone(ZoneInfo(zone)).date(), unit)
    following = _following(first, unit)
    if minute >= _day_begins(following, zone):
        first, following = following, _following(following, unit)
    return (_day_begins(first, zone), _day_begins(following, zone))


def _first_day(day: date, unit: str) -> date:
    """The first day of the unit that holds `day`; weeks begin on Monday."""
    if unit == "week":
        return day - day.weekday() * DAY
    months = MONTHS[unit]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _following(first: date, unit: str) -> date:
    """The first day of the next unit."""
    if unit == "week":
        return first + 7 * DAY
    number = first.year * 12 + first.month - 1 + MONTHS[unit]
    return date(number // 12, number % 12 + 1, 1)
