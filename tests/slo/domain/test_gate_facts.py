"""What a gate looks at."""

from decimal import Decimal

import pytest

from slo.domain.gate_facts import BudgetFacts, Finding, Gate
from slo.domain.policies import Verdict


def facts(remaining: Decimal | None, *firing: str) -> BudgetFacts:
    return BudgetFacts("slo_1", "Checkout", Decimal("0.9995"), "healthy", remaining, firing)


def test_spent_is_what_is_not_left() -> None:
    assert facts(Decimal("0.25")).consumed_ratio == Decimal("0.75")
    assert facts(None).consumed_ratio is None


@pytest.mark.parametrize(
    ("firing", "pages"),
    [
        ([], False),
        (["ticket-3d"], False),
        (["page-1h"], True),
        (["critical:60m/5m@14.4"], True),
        (["what is this"], True),
    ],
)
def test_a_rule_that_pages_or_cannot_be_read_is_a_page(firing: list[str], pages: bool) -> None:
    assert facts(Decimal(1), *firing).pages is pages


def test_only_a_denial_closes() -> None:
    assert [Gate(verdict).allowed for verdict in Verdict] == [True, True, False]


def test_an_answer_knows_its_reasons() -> None:
    gate = Gate(Verdict.WARN, (Finding(Verdict.WARN, "override", "because"),))
    assert (gate.reasons, gate.is_overridden) == (["because"], True)
