"""What a correction or a maintenance window makes of counts: time that is left out, or counted as good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from slo.domain.budgets import Counts, budget_of
from slo.domain.windows import HOUR, MINUTE, ceil_to, floor_to


class Effect(StrEnum):
    """Left out, it leaves the denominator and lowers no coverage; good, every event of it counts as a good one."""

    EXCLUDE = "exclude"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What happens to `[start, end)`; a minute that it touches belongs to it as a whole."""

    effect: Effect
    start: datetime
    end: datetime

    @property
    def first(self) -> datetime:
        """The first minute that is touched."""
        return floor_to(self.start, MINUTE)

    @property
    def until(self) -> datetime:
        """The end of the last minute that is touched."""
        return ceil_to(self.end, MINUTE)


def effect_at(adjustments: Iterable[Adjustment], minute: datetime) -> Effect | None:
    """What happens to one minute; where two disagree it is left out."""
    found = {one.effect for one in adjustments if one.first <= minute < one.until}
    return strongest(found)


def strongest(effects: Iterable[Effect]) -> Effect | None:
    """The effect of several at once: leaving out is stronger than counting as good."""
    found = set(effects)
    return Effect.EXCLUDE if Effect.EXCLUDE in found else Effect.GOOD if found else None


def adjusted(counts: Counts, effect: Effect | None, *, measured_minutes: int | None = None) -> Counts:
    """`counts` after `effect`; `measured_minutes` is what time that is left out counts as, its own by default."""
    if effect is None:
        return counts
    if effect is Effect.GOOD:
        return Counts(counts.total, counts.total, counts.measured_minutes)
    return Counts(0, 0, counts.measured_minutes if measured_minutes is None else measured_minutes)


def touched(adjustments: Sequence[Adjustment], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The minutes of `[start, end)` that are touched, as spans that neither overlap nor meet, oldest first."""
    spans: list[tuple[datetime, datetime]] = []
    for one in sorted(adjustments, key=lambda one: one.start):
        first, until = max(one.first, start), min(one.until, end)
        if first >= until:
            continue
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], until))
        else:
            spans.append((first, until))
    return spans


def touched_hours(adjustments: Sequence[Adjustment], start: datetime, end: datetime) -> list[datetime]:
    """The full hours of `[start, end)` that are touched at all; both ends lie on hours."""
    hours: set[datetime] = set()
    for first, until in touched(adjustments, start, end):
        hour = floor_to(first, HOUR)
        while hour < until:
            hours.add(hour)
            hour += HOUR
    return sorted(hours)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a budget stands for the counts of its window; ratios are None without events."""

    counts: Counts
    objective: Decimal

    @property
    def ratio(self) -> Fraction | None:
        return self.counts.ratio

    @property
    def consumed_ratio(self) -> Fraction | None:
        return budget_of(self.counts, self.objective).consumed_ratio

    @property
    def remaining_ratio(self) -> Fraction | None:
        return budget_of(self.counts, self.objective).remaining_ratio
