"""Whether a day was unusual, against the same weekdays before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

FACTOR = 3
FEWEST = 20
WEEKS = 4


@dataclass(frozen=True, slots=True)
class Unusual:
    """A day with far more or far fewer clicks than usual; `usual` is the median of the days it was held against."""

    clicks: int
    usual: float

    @property
    def is_high(self) -> bool:
        return self.clicks > self.usual

    @property
    def sentence(self) -> str:
        """What to tell people."""
        word = "more than three times" if self.is_high else "less than a third of"
        days = f"{self.usual:,.0f}"
        return f"{self.clicks:,} clicks by people, {word} the usual {days} of that weekday."


def unusual(clicks: int, former: Sequence[int]) -> Unusual | None:
    """The finding for a day with `clicks`, given those of the former same weekdays; None for a usual day.

    Unusual is more than three times, or less than a third of, their median. Fewer than two days to compare with, and
    numbers that stay below 20 on both sides, say nothing.
    """
    if len(former) < 2:
        return None
    usual = float(median(former))
    if max(clicks, usual) < FEWEST:
        return None
    is_usual = usual / FACTOR <= clicks <= usual * FACTOR
    return None if is_usual else Unusual(clicks, usual)
