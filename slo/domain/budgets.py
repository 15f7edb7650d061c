"""Counts of events and the error budget that an objective makes of them. All arithmetic is exact."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from slo.domain.objectives import bad_share


class ImpossibleCounts(ValueError):
    """More good events than events, or fewer than none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Good and valid events of a span, and in how many of its minutes anything was measured at all."""

    good: int = 0
    total: int = 0
    measured_minutes: int = 0

    def __post_init__(self) -> None:
        if self.good < 0 or self.measured_minutes < 0:
            raise ImpossibleCounts("Counts cannot be negative.")
        if self.good > self.total:
            raise ImpossibleCounts(f"{self.good} good of {self.total} events is more than all.")

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.good + other.good, self.total + other.total, self.measured_minutes + other.measured_minutes)

    @property
    def bad(self) -> int:
        return self.total - self.good

    @property
    def ratio(self) -> Fraction | None:
        """Good / total; None without events, which is not 100 %."""
        return Fraction(self.good, self.total) if self.total else None

    @property
    def bad_ratio(self) -> Fraction | None:
        """The error ratio e = bad / total; None without events."""
        return Fraction(self.bad, self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Budget:
    """How many bad events a window allows and how many there were."""

    allowed_bad: Fraction
    bad: int

    @property
    def consumed_ratio(self) -> Fraction | None:
        """The share of the budget that is spent, over 1 when it is overspent; None without events."""
        return self.bad / self.allowed_bad if self.allowed_bad else None

    @property
    def remaining_ratio(self) -> Fraction | None:
        """1 - consumed; negative when overspent, None without events."""
        consumed = self.consumed_ratio
        return None if consumed is None else 1 - consumed


def budget_of(counts: Counts, objective: Decimal) -> Budget:
    """The budget of a window by occurrences: (1 - T) of all its events may be bad."""
    return Budget(allowed_bad=bad_share(objective) * counts.total, bad=counts.bad)


def decimal_ratio(value: Fraction | None, places: int = 6) -> Decimal | None:
    """A fraction as a decimal rounded half to even at `places`, for storing and showing."""
    if value is None:
        return None
    scaled = round(value * 10**places)
    return Decimal(scaled).scaleb(-places)


def rounded(numerator: int, denominator: int, places: int = 6) -> str:
    """numerator / denominator as text with `places` decimals, rounded half to even like `decimal_ratio`."""
    scaled, rest = divmod(numerator * 10**places, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and scaled % 2):
        scaled += 1
    whole, part = divmod(abs(scaled), 10**places)
    return f"{'-' if scaled < 0 else ''}{whole}.{part:0{places}}"
