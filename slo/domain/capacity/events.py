"""Known events: launches and seasons that multiply the use on some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from slo.domain.capacity.fits import EXACT, Day


@dataclass(frozen=True, slots=True)
class Event:
    """On each day from `starts_on` to `ends_on`, both counted, use is `multiplier` times usual; yearly ones return."""

    name: str
    starts_on: date
    ends_on: date
    multiplier: Decimal
    is_yearly: bool = False

    def covers(self, day: date) -> bool:
        """Whether `day` is one of its days. A yearly event has no days before its first year."""
        if not self.is_yearly or day <= self.ends_on:
            return self.starts_on <= day <= self.ends_on
        length = self.ends_on - self.starts_on
        starts = [_in_year(self.starts_on, year) for year in range(day.year - length.days // 365 - 1, day.year + 1)]
        return any(start <= day <= start + length for start in starts if start > self.starts_on)

    def next_span(self, day: date) -> tuple[date, date] | None:
        """The days of the occurrence that runs on `day` or is the next one after it."""
        if day <= self.ends_on:
            return self.starts_on, self.ends_on
        if not self.is_yearly:
            return None
        length = self.ends_on - self.starts_on
        starts = [_in_year(self.starts_on, year) for year in range(day.year - length.days // 365 - 1, day.year + 2)]
        return next((start, start + length) for start in starts if start + length >= day and start > self.starts_on)


def multiplier_on(day: date, events: Sequence[Event]) -> Decimal:
    """What usual use is multiplied by on `day`; overlapping events multiply each other."""
    product = Decimal(1)
    for event in events:
        if event.covers(day):
            product = EXACT.multiply(product, event.multiplier)
    return product


def without_events(days: Sequence[Day], events: Sequence[Event]) -> list[Day]:
    """The values as they would have been in usual times: those of an event's days are divided by its multiplier."""
    return [(day, EXACT.divide(value, multiplier_on(day, events))) for day, value in days] if events else list(days)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
