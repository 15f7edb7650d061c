"""Days of a probe as cells, and its uptime over spans: exact counts, and nothing where nothing was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from slo.domain.budgets import Counts

DAY = timedelta(days=1)
SPANS = {"24 h": DAY, "7 d": 7 * DAY, "30 d": 30 * DAY, "90 d": 90 * DAY}
FINE = Fraction(999, 1000)
POOR = Fraction(99, 100)


@dataclass(frozen=True, slots=True)
class Cell:
    """One UTC day of a probe."""

    day: datetime
    counts: Counts | None

    @property
    def ratio(self) -> Fraction | None:
        return uptime(self.counts)

    @property
    def bad(self) -> int:
        return self.counts.total - self.counts.good if self.counts else 0

    @property
    def tone(self) -> str:
        """Its colour: green from 99.9 %, yellow from 99 %, red below, gray while nothing was measured."""
        ratio = self.ratio
        if ratio is None:
            return "none"
        if ratio >= FINE:
            return "good"
        return "fair" if ratio >= POOR else "bad"


def uptime(counts: Counts | None) -> Fraction | None:
    """Good runs of all runs; None when nothing was measured."""
    return None if counts is None or not counts.total else Fraction(counts.good, counts.total)


def cells(found: Mapping[datetime, Counts], *, last: datetime, days: int) -> list[Cell]:
    """A cell for each of the `days` up to the day `last`, the oldest first."""
    first = last - (days - 1) * DAY
    return [Cell(first + number * DAY, found.get(first + number * DAY)) for number in range(days)]
