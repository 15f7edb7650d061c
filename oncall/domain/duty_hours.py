"""Which hours of duty are at night, on a weekend, on a holiday or in working time, on one wall clock; all exact."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from oncall.domain import restrictions, wallclock
from oncall.domain.restrictions import EVERY_DAY, Restriction, Stretch

DAY = timedelta(days=1)
NIGHT = restrictions.between(EVERY_DAY, time(22), time(7))
WEEKEND = Restriction(frozenset({5, 6}), timedelta(), DAY)
CLASSES = ("holiday", "weekend", "night", "weekday")
"""Every hour is of exactly one class, the first of these that fits."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A wall clock, the holidays that count on it, and the windows of ordinary work (on no holiday)."""

    zone: ZoneInfo
    holidays: Collection[date] = frozenset()
    working: Sequence[Restriction] = field(default=())

    def nights(self, start: datetime, end: datetime) -> list[Stretch]:
        """22:00 to 07:00."""
        return _windows([NIGHT], start, end, self.zone)

    def weekends(self, start: datetime, end: datetime) -> list[Stretch]:
        """Saturdays and Sundays from midnight to midnight."""
        return _windows([WEEKEND], start, end, self.zone)

    def days_off(self, start: datetime, end: datetime) -> list[Stretch]:
        """The holidays from midnight to midnight."""
        days = (self.day(one) for one in self.holidays)
        return restrictions.common([(start, end)], restrictions.union(days)) if start < end else []

    def working_time(self, start: datetime, end: datetime) -> list[Stretch]:
        """The windows of ordinary work."""
        found = _windows(self.working, start, end, self.zone)
        return restrictions.without(found, self.days_off(start, end))

    def day(self, day: date) -> Stretch:
        """The instants of one local day; 23 or 25 hours where the clock moves."""
        midnight = datetime.combine(day, time())
        return wallclock.instant(midnight, self.zone), wallclock.instant(midnight + DAY, self.zone)

    def date_of(self, at: datetime) -> date:
        """The local date at an instant."""
        return wallclock.local_time(at, self.zone).date()

    def classes(self, stretches: Sequence[Stretch]) -> Mapping[str, list[Stretch]]:
        """A union of stretches divided among `CLASSES`: nothing twice and nothing left out."""
        if not stretches:
            return {name: [] for name in CLASSES}
        span = stretches[0][0], stretches[-1][1]
        found: dict[str, list[Stretch]] = {}
        left = list(stretches)
        for name, windows in zip(CLASSES, (self.days_off, self.weekends, self.nights), strict=False):
            of_class = windows(*span)
            found[name] = restrictions.common(left, of_class)
            left = restrictions.without(left, of_class)
        return found | {"weekday": left}

    def dates(self, stretches: Iterable[Stretch]) -> list[date]:
        """The local dates that the stretches touch, each once, in order."""
        found: dict[date, None] = {}
        for start, end in sorted(stretches):
            day, last = self.date_of(start), self.date_of(end - timedelta(microseconds=1))
            while day <= last:
                found[day] = None
                day += DAY
        return list(found)


def day_share(stretches: Sequence[Stretch], clock: Clock) -> Fraction:
    """How many local days a union of stretches fills, a day of 23 or 25 hours being one day."""
    filled = Fraction()
    for day in clock.dates(stretches):
        whole = clock.day(day)
        filled += ratio(total(restrictions.common([whole], stretches)), total([whole]))
    return filled


def ratio(length: timedelta, unit: timedelta) -> Fraction:
    """One length in units of another, exactly."""
    moment = timedelta(microseconds=1)
    return Fraction(length // moment, unit // moment)


def total(stretches: Iterable[Stretch]) -> timedelta:
    """How long stretches are that do not overlap."""
    return sum((end - start for start, end in stretches), timedelta())


def inside(at: datetime, stretches: Iterable[Stretch]) -> bool:
    """Whether an instant lies in one of the half-open stretches."""
    return any(start <= at < end for start, end in stretches)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _windows(given: Iterable[Restriction], start: datetime, end: datetime, zone: ZoneInfo) -> list[Stretch]:
    if start >= end:
        return []
    found = restrictions.union(window for one in given for window in one.windows(start, end, zone))
    return restrictions.common([(start, end)], found)
