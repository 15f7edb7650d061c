"""The calculator: an objective and counts in, budget, burn and rules out; the functions that decide answer here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from slo.domain.budgets import Counts
from slo.domain.burns import detection_time, largest_burn, reset_time, time_to_exhaustion
from slo.domain.objectives import bad_share


class Method(StrEnum):
    """Occurrences: good / valid events. Timeslices: good slices / slices. Ratio timeslices: mean of slices' ratios."""

    OCCURRENCES = "occurrences"
    TIMESLICES = "timeslices"
    RATIO_TIMESLICES = "ratio_timeslices"


@dataclass(frozen=True, slots=True)
class Slice:
    """Events of some minutes, oldest first in a list; an unmeasured slice counts for nothing but the coverage."""

    good: int
    valid: int
    minutes: int = 1
    measured: bool = True


@dataclass(frozen=True, slots=True)
class RuleQuestion:
    """A rule to try."""

    long_minutes: int
    short_minutes: int
    burn: Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the calculator."""

    objective: Decimal
    method: Method = Method.OCCURRENCES
    slice_target: Decimal = Decimal("0.95")
    window_days: int = 30
    slices: Sequence[Slice] = ()
    rules: Sequence[RuleQuestion] = ()


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """Whether a rule can fire at all, fires over the slices, and how fast it notices and ends a full outage."""

    can_fire: bool
    firing: bool
    detection: timedelta | None
    reset: timedelta | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The numbers of the slices; None where there are no valid events to speak of."""

    sli_ratio: Fraction | None
    allowed_bad: Fraction
    bad: Fraction
    coverage_ratio: Fraction | None
    burn: Fraction | None
    consumed_ratio: Fraction | None
    exhaustion: timedelta | None
    rules: Sequence[RuleAnswer]

    @property
    def remaining_ratio(self) -> Fraction | None:
        return None if self.consumed_ratio is None else 1 - self.consumed_ratio


@dataclass(frozen=True, slots=True)
class _Sums:
    """Bad and valid units: events or slices, as the method counts them."""

    bad: Fraction
    valid: Fraction


def preview(question: Question) -> Answer:
    """The answer to `question`."""
    sums = _sums(question, question.slices)
    ratio = 1 - sums.bad / sums.valid if sums.valid else None
    allowed = bad_share(question.objective) * sums.valid
    consumed = sums.bad / allowed if allowed else None
    burn = _burn(question, question.slices)
    period = timedelta(days=question.window_days)
    remaining = None if consumed is None else 1 - consumed
    return Answer(
        sli_ratio=ratio,
        allowed_bad=allowed,
        bad=sums.bad,
        coverage_ratio=_coverage(question.slices),
        burn=burn,
        consumed_ratio=consumed,
        exhaustion=time_to_exhaustion(remaining, burn, period),
        rules=[_rule_answer(question, rule) for rule in question.rules],
    )


def _sums(question: Question, slices: Sequence[Slice]) -> _Sums:
    measured = [piece for piece in slices if piece.measured and piece.valid]
    if question.method is Method.OCCURRENCES:
        counts = sum((Counts(piece.good, piece.valid) for piece in measured), Counts())
        return _Sums(Fraction(counts.bad), Fraction(counts.total))
    ratios = [Fraction(piece.good, piece.valid) for piece in measured]
    if question.method is Method.TIMESLICES:
        target = Fraction(question.slice_target)
        return _Sums(Fraction(sum(ratio < target for ratio in ratios)), Fraction(len(ratios)))
    return _Sums(sum((1 - ratio for ratio in ratios), Fraction(0)), Fraction(len(ratios)))


def _burn(question: Question, slices: Sequence[Slice]) -> Fraction | None:
    sums = _sums(question, slices)
    return sums.bad / sums.valid / bad_share(question.objective) if sums.valid else None


def _coverage(slices: Sequence[Slice]) -> Fraction | None:
    minutes = sum(piece.minutes for piece in slices)
    return Fraction(sum(piece.minutes for piece in slices if piece.measured), minutes) if minutes else None


def _rule_answer(question: Question, rule: RuleQuestion) -> RuleAnswer:
    possible = Fraction(rule.burn) <= largest_burn(question.objective)
    burns = [_burn(question, latest(question.slices, minutes)) for minutes in (rule.long_minutes, rule.short_minutes)]
    return RuleAnswer(
        can_fire=possible,
        firing=possible and all(burn is not None and burn >= Fraction(rule.burn) for burn in burns),
        detection=detection_time(timedelta(minutes=rule.long_minutes), rule.burn, question.objective),
        reset=reset_time(timedelta(minutes=rule.short_minutes), rule.burn, question.objective),
    )


def latest(slices: Sequence[Slice], minutes: int) -> list[Slice]:
    """The last slices that reach into the last `minutes`, each of them whole."""
    found: list[Slice] = []
    for piece in reversed(slices):
        if minutes <= 0:
            break
        found.append(piece)
        minutes -= piece.minutes
    return found[::-1]
