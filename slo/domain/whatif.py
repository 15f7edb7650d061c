"""What would be: another objective, and a fault of some minutes on top of what is. All arithmetic is exact.

The fault is added to the counts at the average rate of the window: so many events a minute, of which `bad_ratio` are
bad. A window of a rule that is longer than the fault keeps its present error ratio for the rest of its time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts, budget_of
from slo.domain.objectives import allowed_downtime, bad_share
from slo.domain.rules import Rule, can_fire
from slo.domain.windows import MINUTE

ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Question:
    """The objective to try, and a fault of `outage` in which `bad_ratio` of the events are bad."""

    objective: Decimal
    outage: timedelta = timedelta(0)
    bad_ratio: Fraction = ALL


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a rule would do at the end of the fault; a burn is None where its window has no events."""

    rule: Rule
    can_fire: bool
    fires: bool
    long_burn: Fraction | None
    short_burn: Fraction | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would be left, in shares of the budget, events, and time of full outage until it is gone."""

    remaining_ratio: Fraction | None
    allowed_bad: Fraction
    bad: Fraction
    downtime: timedelta
    downtime_left: timedelta | None
    rules: Sequence[RuleOutcome]


def answer(
    question: Question,
    *,
    counts: Counts,
    bad_ratios: Mapping[timedelta, Fraction | None],
    rules: Sequence[Rule],
    period: timedelta,
) -> Outcome:
    """What `question` would make of a window's `counts` and of the error ratios of the windows of its rules."""
    share, minutes = bad_share(question.objective), Fraction(question.outage // MINUTE)
    rate = Fraction(counts.total, counts.measured_minutes) if counts.measured_minutes else Fraction(0)
    allowed = budget_of(counts, question.objective).allowed_bad
    bad = counts.bad + minutes * rate * question.bad_ratio
    remaining = 1 - bad / allowed if allowed else None
    return Outcome(
        remaining_ratio=remaining,
        allowed_bad=allowed,
        bad=bad,
        downtime=allowed_downtime(question.objective, period),
        downtime_left=_minutes((allowed - bad) / rate) if rate else None,
        rules=[_outcome(rule, question, bad_ratios, share) for rule in rules],
    )


def _outcome(
    rule: Rule, question: Question, bad_ratios: Mapping[timedelta, Fraction | None], share: Fraction
) -> RuleOutcome:
    long, short = (_burn(length, question, bad_ratios.get(length), share) for length in (rule.long, rule.short))
    fires = all(burn is not None and burn >= rule.threshold for burn in (long, short))
    return RuleOutcome(rule, can_fire(rule, question.objective), fires, long, short)


def _burn(length: timedelta, question: Question, before: Fraction | None, share: Fraction) -> Fraction | None:
    if before is None and not question.outage:
        return None
    held = min(Fraction(question.outage // MINUTE, length // MINUTE), ALL)
    return (held * question.bad_ratio + (1 - held) * (before or 0)) / share


def bad_ratios_of(counts: Mapping[timedelta, Counts]) -> dict[timedelta, Fraction | None]:
    """The error ratio of each window; None without events."""
    return {length: found.bad_ratio for length, found in counts.items()}


def _minutes(value: Fraction) -> timedelta:
    return timedelta(seconds=int(max(Fraction(0), value) * 60))
