"""The judgement of one burn-rate rule.

A rule fires when BOTH of its windows burn at or above its threshold (>=, so that a threshold equal to the largest
possible burn can still fire). One that fires goes on until one of its windows is below nine tenths of the threshold:
a burn that hovers at the threshold opens one alert and not many. A rule holds its last answer, firing or not, while a
window is not covered well enough or has too few events to mean anything. All of it is computed in whole numbers.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from slo.domain.budgets import Counts
from slo.domain.objectives import bad_share
from slo.domain.rules import Rule

GOES_ON_FROM = Fraction(9, 10)
UNMEASURED = "too little was measured"
FEW_EVENTS = "too few events"
Limit = tuple[int, int]
NEAR = "the burn is less than a tenth below the threshold"


class Measured(NamedTuple):
    """A window's counts, and how many of its expected seconds were measured (none expected: it has not begun)."""

    good: int = 0
    total: int = 0
    covered: int = 0
    expected: int = 0

    @property
    def counts(self) -> Counts:
        return Counts(self.good, self.total)

    @property
    def bad(self) -> int:
        return self.total - self.good

    @property
    def coverage_ratio(self) -> Fraction | None:
        """Measured / expected; None while nothing is expected."""
        return Fraction(self.covered, self.expected) if self.expected else None

    def burns_at(self, limit: Limit) -> bool:
        """Whether the error ratio is at or above `limit`; never without events."""
        return self.total > 0 and (self.total - self.good) * limit[1] >= limit[0] * self.total


class Judgement(NamedTuple):
    """Whether a rule fires now; `held_because` says why the former answer was kept, and is empty otherwise."""

    firing: bool
    held_because: str = ""


class Bar(NamedTuple):
    """A rule at an objective: from which error ratio it fires and goes on. A burn >= b is an e >= b * (1 - T)."""

    key: str
    long: timedelta
    short: timedelta
    fires_from: Limit
    goes_on_from: Limit


def bar_of(rule: Rule, objective: Decimal) -> Bar:
    """The rule's thresholds as error ratios."""
    limit = rule.threshold * bad_share(objective)
    return Bar(rule.key, rule.long, rule.short, limit.as_integer_ratio(), (limit * GOES_ON_FROM).as_integer_ratio())


def judge(
    bar: Bar,
    windows: Mapping[timedelta, Measured],
    *,
    minimum_events: int,
    coverage_floor: Limit,
    was_firing: bool,
) -> Judgement:
    """Whether the rule fires over `windows`, which hold both of its lengths."""
    long, short = windows[bar.long], windows[bar.short]
    held_because = _doubt(long, short, minimum_events, coverage_floor)
    if held_because:
        return Judgement(was_firing, held_because)
    if short.burns_at(bar.fires_from) and long.burns_at(bar.fires_from):
        return Judgement(True)
    if was_firing and short.burns_at(bar.goes_on_from) and long.burns_at(bar.goes_on_from):
        return Judgement(True, NEAR)
    return Judgement(False)


def _doubt(long: Measured, short: Measured, minimum_events: int, floor: Limit) -> str:
    part, whole = floor
    for window in (long, short):
        if not window.expected or window.covered * whole < part * window.expected:
            return UNMEASURED
    if long.total < minimum_events or not short.total:
        return FEW_EVENTS
    return ""
