"""An SLA: whether a period broke it, and which credit is owed then. All arithmetic is exact."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts, budget_of
from slo.domain.objectives import PLACES, InvalidObjective, checked_objective, percent_text

MOST = 20
PERCENT_PLACES = 2
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Credit:
    """`percent` of the fee is owed for a period whose ratio is under `below`."""

    below: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """What customers were promised; the steps stand highest bound first."""

    objective: Decimal
    credits: Sequence[Credit] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One calendar period `[start, end)` with its counts so far."""

    start: datetime
    end: datetime
    counts: Counts
    promise: Promise
    is_current: bool = False

    @property
    def ratio(self) -> Fraction | None:
        return self.counts.ratio

    @property
    def is_broken(self) -> bool:
        """Whether the ratio is under the objective; exactly at it is kept, and without events nothing is broken."""
        return self.ratio is not None and self.ratio < self.promise.objective

    @property
    def credit(self) -> Decimal:
        """The percentage of the fee that is owed."""
        return owed(self.ratio, self.promise)

    @property
    def remaining_ratio(self) -> Fraction | None:
        """What is left of what customers were told may be bad."""
        return budget_of(self.counts, self.promise.objective).remaining_ratio


def owed(ratio: Fraction | None, promise: Promise) -> Decimal:
    """The percentage of the deepest bound that `ratio` is under; zero while the promise is kept or nothing is known."""
    if ratio is None or ratio >= promise.objective:
        return Decimal(0)
    passed = [step for step in promise.credits if ratio < step.below]
    return passed[-1].percent if passed else Decimal(0)


def problems(promise: Promise, slo_objective: Decimal) -> dict[str, list[str]]:
    """Why this is no SLA beside an SLO of `slo_objective`, by field."""
    found: dict[str, list[str]] = {}
    try:
        checked_objective(promise.objective)
    except InvalidObjective as error:
        found["objective"] = [str(error)]
    else:
        if promise.objective >= slo_objective:
            found["objective"] = [
                (
                    f"An SLA is looser than its SLO: promise less than {percent_text(slo_objective)}, "
                    "so that you notice before your customers do."
                )
            ]
    if wrong := _credit_problems(promise, objective_is_known="objective" not in found):
        found["credits"] = wrong
    return found


def _credit_problems(promise: Promise, *, objective_is_known: bool) -> list[str]:
    steps = promise.credits
    if len(steps) > MOST:
        return [f"There are at most {MOST} steps."]
    found = [line for number, step in enumerate(steps, 1) for line in _step_problems(number, step)]
    if found:
        return found
    for number, (before, step) in enumerate(itertools.pairwise(steps), 2):
        if step.below >= before.below:
            found.append(f"Step {number}: the bounds go down, and {percent_text(step.below)} does not.")
        if step.percent <= before.percent:
            found.append(f"Step {number}: a deeper bound owes more than {before.percent:f} %.")
    if objective_is_known and steps and steps[0].below > promise.objective:
        found.append(f"Step 1: nothing is owed while {percent_text(promise.objective)} is kept.")
    return found


def _step_problems(number: int, step: Credit) -> list[str]:
    found = []
    if not step.below.is_finite() or not 0 < step.below < 1 or step.below != round(step.below, PLACES):
        found.append(f"Step {number}: a bound lies between 0 % and 100 %, with up to {PLACES - 2} places.")
    percent = step.percent
    if not percent.is_finite() or not 0 < percent <= HUNDRED or percent != round(percent, PERCENT_PLACES):
        found.append(f"Step {number}: a credit is more than 0 % and at most 100 % of the fee.")
    return found
