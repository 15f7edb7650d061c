"""The gate: closed without budget or under a page, open otherwise."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from slo.domain.gates import BudgetFacts, decide


def facts(remaining: str | None, firing: Sequence[str] = (), name: str = "Checkout") -> BudgetFacts:
    left = None if remaining is None else Decimal(remaining)
    return BudgetFacts("slo_1", name, Decimal("0.999"), "healthy", left, firing)


@pytest.mark.parametrize("remaining", ["0", "-0.1"])
def test_no_budget_closes_the_gate(remaining: str) -> None:
    gate = decide([facts(remaining)])
    assert not gate.allowed
    assert gate.reasons == ["Checkout (99.9 %) has no error budget left."]


def test_a_page_closes_the_gate() -> None:
    gate = decide([facts("0.9", ["page-6h", "ticket-3d"])])
    assert gate.reasons == ["Checkout burns so fast that a page is open."]


@pytest.mark.parametrize("given", [[], [facts("0.000001")], [facts(None)], [facts("0.5", ["ticket-3d"])]])
def test_everything_else_leaves_it_open(given: list[BudgetFacts]) -> None:
    assert decide(given).allowed


def test_every_reason_is_named_and_the_evidence_kept() -> None:
    gate = decide([facts("-1", ["page-1h"], "A"), facts("1", name="B"), facts("0", name="C")])
    assert [reason[0] for reason in gate.reasons] == ["A", "A", "C"]
    assert [budget.name for budget in gate.budgets] == ["A", "B", "C"]
