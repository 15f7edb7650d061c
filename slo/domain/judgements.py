"""The judgement of one burn-rate rule.

A rule fires when BOTH of its windows burn at or above its threshold (>=, so that a threshold equal to the largest
possible burn can still fire). One that fires goes on until one of its windows is below nine tenths of the threshold:
a burn that hovers at the threshold opens one alert and not many. A rule holds its last answer, firing or not, while a
window is not covered well enough or has too few events to mean anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts
from slo.domain.objectives import bad_share
from slo.domain.rules import Rule

GOES_ON_FROM = Fraction(9, 10)
UNMEASURED = "too little was measured"
FEW_EVENTS = "too few events"
NEAR = "the burn is less than a tenth below the threshold"


@dataclass(frozen=True, slots=True)
class Measured:
    """A window's counts and the share of its expected minutes that was measured (None: nothing was expected yet)."""

    counts: Counts
    coverage_ratio: Fraction | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a rule fires now; `held_because` says why the former answer was kept, and is empty otherwise."""

    firing: bool
    held_because: str = ""


def judge(
    rule: Rule,
    windows: Mapping[timedelta, Measured],
    objective: Decimal,
    *,
    minimum_events: int,
    coverage_floor: Decimal,
    was_firing: bool,
) -> Judgement:
    """Whether `rule` fires over `windows`, which hold both of its lengths."""
    long, short = windows[rule.long], windows[rule.short]
    held_because = _doubt(long, short, minimum_events, coverage_floor)
    if held_because:
        return Judgement(was_firing, held_because)
    if _both_over(long, short, rule.threshold, objective):
        return Judgement(True)
    if was_firing and _both_over(long, short, rule.threshold * GOES_ON_FROM, objective):
        return Judgement(True, NEAR)
    return Judgement(False)


def _both_over(long: Measured, short: Measured, limit: Fraction, objective: Decimal) -> bool:
    return all(_over(window.counts, limit, objective) for window in (short, long))


def _over(counts: Counts, limit: Fraction, objective: Decimal) -> bool:
    """burn >= limit, that is bad >= limit * (1 - T) * total, in whole numbers."""
    if not counts.total:
        return False
    allowed = limit * bad_share(objective)
    return counts.bad * allowed.denominator >= allowed.numerator * counts.total


def _doubt(long: Measured, short: Measured, minimum_events: int, floor: Decimal) -> str:
    for window in (long, short):
        if window.coverage_ratio is None or window.coverage_ratio < floor:
            return UNMEASURED
    if long.counts.total < minimum_events or not short.counts.total:
        return FEW_EVENTS
    return ""
