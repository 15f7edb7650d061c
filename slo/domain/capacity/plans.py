"""Plans: money by quarter, capacity by step, and what was foretold against what came true."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

Quarter = tuple[int, int]
ORDERED = "ordered"
OPEN = ("planned", ORDERED)
DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan; `paid` is what it cost in the end, None while that is not known."""

    due_on: date
    cost: Decimal
    adds: Decimal
    status: str
    paid: Decimal | None = None

    @property
    def counted_cost(self) -> Decimal:
        """What it takes from the budget: what was paid, or is planned to be; nothing for a step that was dropped."""
        if self.status == DROPPED:
            return Decimal(0)
        return self.cost if self.paid is None else self.paid


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """One quarter's budget, planned cost and what was paid; `left` is the budget without both."""

    quarter: Quarter
    budget: Decimal
    planned: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.budget - self.planned - self.paid

    @property
    def label(self) -> str:
        return f"{self.quarter[0]} Q{self.quarter[1]}"


def quarter_of(day: date) -> Quarter:
    """The calendar quarter of a day, as (year, 1..4)."""
    return day.year, (day.month - 1) // 3 + 1


def quarter_lines(budgets: Mapping[Quarter, Decimal], steps: Iterable[Step]) -> list[QuarterLine]:
    """A line for each quarter that has a budget or a step, in order. A step belongs to the quarter of its due day."""
    planned: dict[Quarter, Decimal] = {}
    paid: dict[Quarter, Decimal] = {}
    for step in steps:
        sums = planned if step.paid is None else paid
        quarter = quarter_of(step.due_on)
        sums[quarter] = sums.get(quarter, Decimal(0)) + step.counted_cost
    quarters = sorted({*budgets, *planned, *paid})
    zero = Decimal(0)
    return [QuarterLine(q, budgets.get(q, zero), planned.get(q, zero), paid.get(q, zero)) for q in quarters]


def total_line(lines: Sequence[QuarterLine]) -> QuarterLine:
    """All quarters together."""
    zero = Decimal(0)
    return QuarterLine(
        (0, 0),
        sum((line.budget for line in lines), zero),
        sum((line.planned for line in lines), zero),
        sum((line.paid for line in lines), zero),
    )


def limit_on(day: date, limit: Decimal, steps: Iterable[Step]) -> Decimal:
    """The limit on a day when every open step adds its capacity on the day it is due; done ones stand in `limit`."""
    return limit + sum((step.adds for step in steps if step.status in OPEN and step.due_on <= day), Decimal(0))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A forecast held against what came true on the `n` days that have both.

    `error_ratio` is the sum of absolute errors over the sum of actual values (None when that is zero), `bias_ratio` the
    same with signs: above zero more was used than foretold. `within` counts the days inside the interval.
    """

    n: int
    error_ratio: Fraction | None
    bias_ratio: Fraction | None
    within: int


def compare(foretold: Mapping[date, tuple[Decimal, Decimal, Decimal]], actual: Mapping[date, Decimal]) -> Comparison:
    """`foretold` holds (likely, low, high) for each day."""
    pairs = [(foretold[day], value) for day, value in actual.items() if day in foretold]
    total = sum((Fraction(abs(value)) for _, value in pairs), Fraction(0))
    errors = [Fraction(value) - Fraction(likely) for (likely, _, _), value in pairs]
    return Comparison(
        n=len(pairs),
        error_ratio=sum(map(abs, errors), Fraction(0)) / total if total else None,
        bias_ratio=sum(errors, Fraction(0)) / total if total else None,
        within=sum(low <= value <= high for (_, low, high), value in pairs),
    )
