"""What the pages of the gate show: each SLO with its arithmetic, now or as it was kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from portal.lib.charts import Gauge
from portal.lib.times import humanize
from slo.domain.budgets import Counts
from slo.domain.explanations import explain_budget
from slo.domain.gate_facts import BudgetFacts, Gate
from slo.domain.gates import doubt_of
from slo.models import GateEvaluation


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One SLO as the page shows it: the numbers, how they come about, and what is doubtful."""

    facts: BudgetFacts
    gauge: Gauge
    burns: list[tuple[str, Decimal]]
    arithmetic: list[str]
    doubt: str


def budget_rows(gate: Gate, now: datetime) -> list[BudgetRow]:
    """The SLOs that the gate looked at, the worst first."""
    return [_row(facts, doubt_of(facts, gate.facts.policy, now)) for facts in sorted(gate.budgets, key=_worst_first)]


def kept_rows(evaluation: GateEvaluation) -> list[BudgetRow]:
    """The SLOs as an evaluation kept them, the worst first."""
    kept = [_facts(one) for one in evaluation.evidence.get("budgets", [])]
    return [_row(facts, "") for facts in sorted(kept, key=_worst_first)]


def _worst_first(facts: BudgetFacts) -> tuple[bool, Decimal]:
    return facts.remaining_ratio is None, facts.remaining_ratio or Decimal(0)


def _row(facts: BudgetFacts, doubt: str) -> BudgetRow:
    lengths = sorted((int(seconds), Decimal(burn)) for seconds, burn in facts.burns.items() if burn)
    return BudgetRow(
        facts=facts,
        gauge=Gauge(title="Error budget left", ratio=facts.remaining_ratio),
        burns=[(humanize(timedelta(seconds=seconds)), burn) for seconds, burn in lengths],
        arithmetic=explain_budget(Counts(facts.good, facts.total), facts.objective),
        doubt=doubt,
    )


def _facts(kept: Mapping[str, Any]) -> BudgetFacts:
    return BudgetFacts(
        slo_id=kept["slo"],
        name=kept["name"],
        objective=Decimal(kept["objective"]),
        state=kept["state"],
        remaining_ratio=_decimal(kept["remaining_ratio"]),
        firing=tuple(kept["firing"]),
        good=kept["good"],
        total=kept["total"],
        coverage_ratio=_decimal(kept["coverage_ratio"]),
        burns=kept["burns"],
        exhausts_at=_instant(kept["exhausts_at"]),
        window_end=_instant(kept["window_end"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
