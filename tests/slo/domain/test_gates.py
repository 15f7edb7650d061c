"""The gate: the strictest of what the policy says about budgets, pages, data and the release window."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.gate_facts import Asked, BudgetFacts, Facts, Gate, OverrideFacts
from slo.domain.gates import OLD, decide, doubt_of
from slo.domain.policies import DEFAULT, Demand, Kind, Policy, Step, Verdict
from slo.domain.release_windows import WindowAnswer

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
CLOSED = WindowAnswer(False, "no release window on a Sunday", NOW + timedelta(hours=20))
OVERRIDE = OverrideFacts("gov_1", "Alice", "the fix itself", NOW + timedelta(hours=1))


def budget(remaining: str | None, firing: Sequence[str] = (), name: str = "Checkout", **more: Any) -> BudgetFacts:
    left = None if remaining is None else Decimal(remaining)
    usual = {"coverage_ratio": Decimal(1), "window_end": NOW}
    return BudgetFacts("slo_1", name, Decimal("0.999"), "healthy", left, firing, **{**usual, **more})


def ask(*budgets: BudgetFacts, asked: Asked | None = None, policy: Policy = DEFAULT, **facts: Any) -> Gate:
    return decide(Facts(budgets=budgets, policy=policy, **facts), asked or Asked(), now=NOW)


def kind(value: Kind, **more: str) -> Asked:
    return Asked(kind=value, **more)


def codes(gate: Gate) -> list[str]:
    return [finding.code for finding in gate.findings]


@pytest.mark.parametrize("remaining", ["0", "-0.1"])
def test_no_budget_closes_the_gate(remaining: str) -> None:
    gate = ask(budget(remaining))
    assert (gate.verdict, gate.allowed) == (Verdict.DENY, False)
    assert gate.reasons == ["Checkout (99.9 %) has no error budget left."]


def test_a_page_closes_the_gate() -> None:
    gate = ask(budget("0.9", ["page-6h", "ticket-3d"]))
    assert gate.reasons == ["Checkout burns so fast that a page is open."]


def test_a_page_of_a_rule_of_its_own_closes_the_gate() -> None:
    assert not ask(budget("0.9", ["critical:60m/5m@14.4"])).allowed


@pytest.mark.parametrize(
    "given",
    [[], [budget("0.500001")], [budget(None)], [budget("1", ["ticket-3d"])], [budget("1", ["warning:60m/5m@2"])]],
    ids=["no SLO", "just enough", "no data", "a ticket", "a ticket of its own"],
)
def test_everything_else_leaves_it_open(given: list[BudgetFacts]) -> None:
    assert ask(*given).verdict is Verdict.ALLOW


def test_every_reason_is_named_and_the_evidence_kept() -> None:
    gate = ask(budget("-1", ["page-1h"], "A"), budget("1", name="B"), budget("0", name="C"))
    assert [reason[0] for reason in gate.reasons] == ["A", "A", "C"]
    assert [facts.name for facts in gate.budgets] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("remaining", "verdict", "reasons"),
    [
        ("0.5", Verdict.WARN, ["Checkout (99.9 %) has spent 50 % of its error budget: announce each release."]),
        (
            "0.2",
            Verdict.WARN,
            ["Checkout (99.9 %) has spent 80 % of its error budget: at most 2 releases in 24 hours."],
        ),
    ],
)
def test_earlier_steps_warn_at_their_share(remaining: str, verdict: Verdict, reasons: list[str]) -> None:
    gate = ask(budget(remaining))
    assert (gate.verdict, gate.reasons) == (verdict, reasons)


def test_the_furthest_step_of_all_slos_is_told() -> None:
    gate = ask(budget("0.4"), budget("0.1"), budget("1"))
    assert gate.step is not None
    assert gate.step.demand is Demand.SLOW


@pytest.mark.parametrize(("went_out", "verdict"), [(1, Verdict.WARN), (2, Verdict.DENY), (3, Verdict.DENY)])
def test_slow_counts_the_releases_of_the_day(went_out: int, verdict: Verdict) -> None:
    assert ask(budget("0.2"), releases_of_the_day=went_out).verdict is verdict


@pytest.mark.parametrize(("approver", "verdict"), [("", Verdict.DENY), ("bob@example.com", Verdict.WARN)])
def test_slow_may_ask_for_a_second_person(approver: str, verdict: Verdict) -> None:
    policy = Policy(steps=(Step(Decimal("0.5"), Demand.SLOW, second_person=True),))
    assert ask(budget("0.2"), policy=policy, asked=Asked(approver=approver)).verdict is verdict


def test_what_two_slos_ask_for_is_said_once() -> None:
    slow = Step(Decimal("0.5"), Demand.SLOW, releases_per_day=1, second_person=True)
    gate = ask(budget("0.4", name="A"), budget("0.4", name="B"), policy=Policy((slow,)), releases_of_the_day=1)
    assert codes(gate) == ["slow", "too-many", "second-person", "slow"]


@pytest.mark.parametrize("exempt", [Kind.HOTFIX, Kind.SECURITY])
def test_exempt_kinds_are_warned_where_others_are_denied(exempt: Kind) -> None:
    gate = ask(budget("-1", ["page-1h"]), asked=kind(exempt), window=CLOSED)
    assert (gate.verdict, codes(gate)) == (Verdict.WARN, ["freeze", "page", "window"])
    assert gate.notes == (f"The policy exempts {exempt} releases: it warns where it would deny.",)


def test_a_policy_may_exempt_nobody() -> None:
    strict = replace(DEFAULT, exempt_kinds=())
    assert not ask(budget("-1"), policy=strict, asked=kind(Kind.HOTFIX)).allowed


def test_a_rollback_is_never_held_up() -> None:
    gate = ask(budget("-1", ["page-1h"]), asked=kind(Kind.ROLLBACK), window=CLOSED)
    assert (gate.verdict, gate.reasons) == (Verdict.ALLOW, [])


def test_other_environments_are_not_guarded() -> None:
    gate = ask(budget("-1"), asked=Asked(environment="staging"))
    assert (gate.verdict, gate.notes) == (Verdict.ALLOW, ("The policy guards production only.",))


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_release_window_counts_as_the_policy_says(verdict: Verdict) -> None:
    gate = ask(budget("1"), policy=replace(DEFAULT, outside_window=verdict), window=CLOSED)
    assert gate.verdict is verdict


def test_outside_the_window_the_reason_is_told() -> None:
    gate = ask(budget("1"), window=CLOSED)
    assert gate.reasons == ["Outside the release window: no release window on a Sunday."]


def test_an_open_window_says_nothing() -> None:
    assert ask(budget("1"), window=WindowAnswer(True, "inside", NOW)).reasons == []


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize(
    "given",
    [budget(None), budget("1", coverage_ratio=None), budget("1", window_end=NOW - OLD - timedelta(seconds=1))],
    ids=["no data", "never measured", "old"],
)
def test_no_data_is_what_the_policy_says(given: BudgetFacts, verdict: Verdict) -> None:
    assert ask(given, policy=replace(DEFAULT, no_data=verdict)).verdict is verdict


@pytest.mark.parametrize("verdict", list(Verdict))
def test_no_slo_at_all_is_no_data_too(verdict: Verdict) -> None:
    assert ask(policy=replace(DEFAULT, no_data=verdict)).verdict is verdict


def test_doubts_are_noted_where_they_do_not_count() -> None:
    assert ask(budget(None)).notes == ("Checkout has no data.",)
    assert ask().notes == ("No SLO guards this service.",)


@pytest.mark.parametrize(
    ("coverage", "doubt"),
    [("0.5", ""), ("0.4999", "Checkout was measured for 49.99 % of the time only, 50 % is asked."), ("1", "")],
)
def test_coverage_is_enough_at_the_minimum(coverage: str, doubt: str) -> None:
    assert doubt_of(budget("1", coverage_ratio=Decimal(coverage)), DEFAULT, NOW) == doubt


def test_numbers_are_old_after_a_quarter_of_an_hour() -> None:
    assert doubt_of(budget("1", window_end=NOW - OLD), DEFAULT, NOW) == ""
    told = doubt_of(budget("1", window_end=NOW - 2 * OLD), DEFAULT, NOW)
    assert told == "The numbers of Checkout are more than 15 minutes old."


def test_an_override_turns_denials_into_warnings_and_is_named_first() -> None:
    gate = ask(budget("-1"), override=OVERRIDE)
    assert (gate.verdict, gate.is_overridden) == (Verdict.WARN, True)
    assert gate.reasons[0] == "Overridden by Alice: the fix itself"


@pytest.mark.parametrize(("version", "allowed"), [("2.0", True), ("2.1", False), ("", False)])
def test_an_override_of_one_version_opens_for_it_alone(version: str, allowed: bool) -> None:
    override = replace(OVERRIDE, version="2.0")
    assert ask(budget("-1"), override=override, asked=Asked(version=version)).allowed is allowed


def test_an_override_is_not_spent_where_nothing_is_denied() -> None:
    gate = ask(budget("0.4"), override=OVERRIDE)
    assert (gate.verdict, gate.is_overridden) == (Verdict.WARN, False)
