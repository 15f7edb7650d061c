"""Multi-window burn-rate rules as data, and the judgement of one rule.

A rule fires when BOTH of its windows burn at or above its threshold (>=, so that a threshold equal to the largest
possible burn can still fire). It holds its last answer, firing or not, while a window is not covered well enough or
has too few events to mean anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts
from slo.domain.burns import burn_rate, largest_burn

CRITICAL = "critical"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition over two windows; `critical` pages, `warning` is a ticket."""

    key: str
    long: timedelta
    short: timedelta
    threshold: Decimal
    severity: str

    @property
    def pages(self) -> bool:
        return self.severity == CRITICAL


DEFAULT_RULES = (
    Rule("page-1h", timedelta(hours=1), timedelta(minutes=5), Decimal("14.4"), CRITICAL),
    Rule("page-6h", timedelta(hours=6), timedelta(minutes=30), Decimal(6), CRITICAL),
    Rule("ticket-3d", timedelta(days=3), timedelta(hours=6), Decimal(1), WARNING),
)
RULES = {rule.key: rule for rule in DEFAULT_RULES}
WINDOWS = tuple(sorted({length for rule in DEFAULT_RULES for length in (rule.long, rule.short)}))


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


def can_fire(rule: Rule, objective: Decimal) -> bool:
    """Whether a full outage reaches the rule's threshold: 14.4 is out of reach at T = 90 %, where the largest is 10."""
    return Fraction(rule.threshold) <= largest_burn(objective)


def rules_that_can_fire(objective: Decimal, rules: Iterable[Rule] = DEFAULT_RULES) -> list[Rule]:
    """The rules that make sense for an objective."""
    return [rule for rule in rules if can_fire(rule, objective)]


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
    return Judgement(all(_over(window, rule, objective) for window in (long, short)))


def _over(window: Measured, rule: Rule, objective: Decimal) -> bool:
    burn = burn_rate(window.counts, objective)
    return burn is not None and burn >= Fraction(rule.threshold)


def _doubt(long: Measured, short: Measured, minimum_events: int, floor: Decimal) -> str:
    for window in (long, short):
        if window.coverage_ratio is None or window.coverage_ratio < Fraction(floor):
            return "too little was measured"
    if long.counts.total < minimum_events or not short.counts.total:
        return "too few events"
    return ""
