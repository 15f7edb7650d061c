"""What the pages of the gate show."""

from datetime import UTC, datetime
from decimal import Decimal

from slo.domain.gate_facts import BudgetFacts, Facts, Gate
from slo.models import GateEvaluation
from slo.selectors.gate_pages import budget_rows, kept_rows
from slo.services.gates import evidence_of

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def facts(name: str, remaining: str | None) -> BudgetFacts:
    left = None if remaining is None else Decimal(remaining)
    return BudgetFacts(
        slo_id="slo_1", name=name, objective=Decimal("0.99"), state="healthy", remaining_ratio=left,
        good=995, total=1000, coverage_ratio=Decimal("0.9"), burns={"21600": "0.5", "300": "2"}, window_end=NOW,
    )  # fmt: skip


def gate(*found: BudgetFacts) -> Gate:
    return Gate(facts=Facts(budgets=found))


def test_the_worst_comes_first_and_no_data_last() -> None:
    rows = budget_rows(gate(facts("a", None), facts("b", "0.5"), facts("c", "-1")), NOW)
    assert [row.facts.name for row in rows] == ["c", "b", "a"]
    assert [row.doubt for row in rows] == ["", "", "a has no data."]


def test_a_row_has_its_burns_by_length_and_its_arithmetic() -> None:
    (row,) = budget_rows(gate(facts("a", "0.5")), NOW)
    assert row.burns == [("5 min", Decimal(2)), ("6 h", Decimal("0.5"))]
    assert "1,000 events x 1 % = 10 bad events are allowed in the window." in row.arithmetic


def test_what_was_kept_reads_as_it_was() -> None:
    seen = facts("a", "0.5")
    (row,) = kept_rows(GateEvaluation(evidence=evidence_of(gate(seen))))
    assert (row.facts.remaining_ratio, row.facts.window_end, row.facts.good) == (Decimal("0.5"), NOW, 995)
