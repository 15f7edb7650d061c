"""What the time since the last review says about an SLO: is its objective too tight, too loose, does it cry wolf?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from slo.domain.explanations import percent

LITTLE = Fraction(1, 10)
MUCH = Fraction(1)
QUICK = timedelta(minutes=10)
POORLY_COVERED = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """One alert of the SLO: how long it lasted, None while open, and whether anybody took it."""

    lasted: timedelta | None
    was_taken: bool

    @property
    def is_false(self) -> bool:
        """Over by itself within ten minutes and taken by nobody: nobody was needed."""
        return not self.was_taken and self.lasted is not None and self.lasted <= QUICK


@dataclass(frozen=True, slots=True)
class Evidence:
    """The time since the last review in numbers; ratios are None where there was nothing to divide."""

    consumed_ratio: Fraction | None
    coverage_ratio: Fraction | None
    alerts: Sequence[AlertFacts] = ()

    @property
    def false_alarms(self) -> int:
        return sum(1 for alert in self.alerts if alert.is_false)


def hints(evidence: Evidence) -> list[str]:
    """What to think about, the weightiest first; never empty."""
    found = []
    consumed = evidence.consumed_ratio
    if consumed is None:
        found.append("There were no events: is this still measured, and does anybody need it?")
    elif consumed > MUCH:
        found.append(
            f"{percent(consumed)} of the budget of this time was spent: the objective may be too tight for what the "
            "service can do, or the service needs work first."
        )
    elif consumed < LITTLE:
        found.append(
            f"Only {percent(consumed)} of the budget of this time was spent: the objective may be too loose, or the "
            "team may take more risk."
        )
    if evidence.alerts and evidence.false_alarms * 2 >= len(evidence.alerts):
        found.append(
            f"{evidence.false_alarms} of {len(evidence.alerts)} alerts were over within ten minutes and taken by "
            "nobody: raise the minimum of events or the thresholds."
        )
    if evidence.coverage_ratio is not None and evidence.coverage_ratio < POORLY_COVERED:
        found.append(f"Only {percent(evidence.coverage_ratio)} was measured: mend the probe or the source.")
    if consumed is not None and consumed > MUCH and not evidence.alerts:
        found.append("No rule fired meanwhile: the rules miss what eats the budget.")
    return found or ["The objective fits what happened."]
