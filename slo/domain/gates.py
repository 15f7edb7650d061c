"""May a service release now? Its budgets and its burning rules decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from slo.domain.objectives import percent_text
from slo.domain.rules import RULES


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """One SLO as the gate sees it; `remaining_ratio` is None while there is no data."""

    slo_id: str
    name: str
    objective: Decimal
    state: str
    remaining_ratio: Decimal | None
    firing: Sequence[str] = ()

    @property
    def objective_text(self) -> str:
        """The objective as people write it."""
        return percent_text(self.objective)


@dataclass(frozen=True, slots=True)
class Gate:
    """The answer: allowed unless there are reasons against it; `budgets` is the evidence."""

    reasons: list[str] = field(default_factory=list)
    budgets: list[BudgetFacts] = field(default_factory=list)

    @property
    def allowed(self) -> bool:
        return not self.reasons


def decide(budgets: Sequence[BudgetFacts]) -> Gate:
    """Closed when an SLO has no budget left or one of its page rules fires. No data and no SLO leave it open."""
    return Gate(reasons=[reason for facts in budgets for reason in _reasons(facts)], budgets=list(budgets))


def _reasons(facts: BudgetFacts) -> list[str]:
    reasons = []
    if facts.remaining_ratio is not None and facts.remaining_ratio <= 0:
        reasons.append(f"{facts.name} ({facts.objective_text}) has no error budget left.")
    if any(RULES[key].pages for key in facts.firing if key in RULES):
        reasons.append(f"{facts.name} burns so fast that a page is open.")
    return reasons
