"""The span of a report and its buckets."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAYS = (30, 90, 365)
DEFAULT = 90
LONG = 180


@dataclass(frozen=True, slots=True)
class Period:
    """[start, end), and how wide its buckets are: weeks, or months from half a year on."""

    start: datetime
    end: datetime

    @property
    def is_monthly(self) -> bool:
        return self.end - self.start > timedelta(days=LONG)

    @property
    def step(self) -> timedelta:
        """The usual width of a bucket."""
        return timedelta(days=30) if self.is_monthly else timedelta(days=7)

    def buckets(self) -> list[tuple[datetime, datetime]]:
        """The buckets in order; the first begins at or before `start`, the last ends at or after `end`."""
        found: list[tuple[datetime, datetime]] = []
        left = self._first()
        while left < self.end:
            right = self._next(left)
            found.append((left, right))
            left = right
        return found

    def _first(self) -> datetime:
        midnight = self.start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight.replace(day=1) if self.is_monthly else midnight - timedelta(days=midnight.weekday())

    def _next(self, left: datetime) -> datetime:
        if self.is_monthly:
            return (left + timedelta(days=32)).replace(day=1)
        return left + timedelta(days=7)


def period(*, now: datetime, days: int = DEFAULT) -> Period:
    """The last `days` days."""
    return Period(now - timedelta(days=days), now)
