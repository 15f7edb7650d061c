"""One day out of many values: the largest, and the 95th percentile by nearest rank."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

P95 = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """What is kept of a day with `n` values."""

    day: date
    maximum: Decimal
    p95: Decimal
    n: int


def numbers_of(day: date, values: Sequence[Decimal]) -> DayNumbers:
    """The numbers of at least one value. The p95 is the smallest value that 95 % of them do not exceed."""
    ordered = sorted(values)
    return DayNumbers(day, ordered[-1], ordered[math.ceil(P95 * len(ordered)) - 1], len(ordered))
