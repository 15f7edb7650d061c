"""Calendar months as people name them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def former(self) -> "Month":
        """The month before."""
        last = self.first - timedelta(days=1)
        return Month(last.year, last.month)

    @property
    def following(self) -> "Month":
        """The month after."""
        later = self.first + timedelta(days=31)
        return Month(later.year, later.month)

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """`[start, end)` in UTC: from the first local midnight to the one of the next month."""
        begins, ends = (
            datetime.combine(month.first, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)
            for month in (self, self.following)
        )
        return begins, ends


def month_of(text: str, *, now: datetime, zone: str) -> Month | None:
    """The month that a text such as 2026-03 names; empty text is the last whole month; None for anything else."""
    if not text:
        local = now.astimezone(ZoneInfo(zone))
        return Month(local.year, local.month).former
    found = MONTH.fullmatch(text)
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    return Month(year, number) if 2000 <= year <= 2199 and 1 <= number <= 12 else None
