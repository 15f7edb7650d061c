"""May a service release now? Its error-budget policy, its budgets, its burning rules and its window decide."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from slo.domain.gate_facts import Asked, BudgetFacts, Facts, Finding, Gate
from slo.domain.objectives import percent_text
from slo.domain.policies import Demand, Kind, Policy, Step, Verdict

OLD = timedelta(minutes=15)
A_DAY = timedelta(days=1)
ANYTHING = Asked()


def decide(facts: Facts, asked: Asked = ANYTHING, *, now: datetime) -> Gate:
    """The verdict of a policy: the strictest of all findings; what several SLOs ask for is said once.

    A rollback and an environment that the policy does not guard are always allowed. Kinds that the policy exempts, and
    whatever an override opens, are warned where others are denied.
    """
    step = _step(facts)
    if asked.kind is Kind.ROLLBACK:
        return Gate(notes=("A rollback is never held up.",), step=step, asked=asked, facts=facts)
    if asked.environment not in facts.policy.environments:
        note = f"The policy guards {', '.join(facts.policy.environments)} only."
        return Gate(notes=(note,), step=step, asked=asked, facts=facts)
    findings = list(dict.fromkeys([*_budget_findings(facts, asked, now), *_window_findings(facts)]))
    findings, notes = _softened(findings, facts, asked)
    verdict = max((finding.verdict for finding in findings), key=lambda one: one.rank, default=Verdict.ALLOW)
    return Gate(verdict, tuple(findings), (*notes, *_notes(facts, now)), step, asked, facts)


def doubt_of(facts: BudgetFacts, policy: Policy, now: datetime) -> str:
    """Why the numbers of an SLO are not enough to judge by; empty when they are."""
    if facts.remaining_ratio is None:
        return f"{facts.name} has no data."
    if facts.coverage_ratio is None or facts.coverage_ratio < policy.minimum_coverage:
        seen = percent_text(round(facts.coverage_ratio or Decimal(0), 4))
        return (
            f"{facts.name} was measured for {seen} of the time only, {percent_text(policy.minimum_coverage)} is asked."
        )
    if facts.window_end is None or now - facts.window_end > OLD:
        return f"The numbers of {facts.name} are more than {OLD // timedelta(minutes=1)} minutes old."
    return ""


def _step(facts: Facts) -> Step | None:
    """The furthest step that any of the SLOs has reached."""
    reached = [step for budget in facts.budgets if (step := _step_of(budget, facts.policy))]
    return max(reached, key=lambda step: step.at, default=None)


def _step_of(budget: BudgetFacts, policy: Policy) -> Step | None:
    consumed = budget.consumed_ratio
    return None if consumed is None else policy.step_at(consumed)


def _budget_findings(facts: Facts, asked: Asked, now: datetime) -> Iterable[Finding]:
    policy = facts.policy
    for budget in facts.budgets:
        step = _step_of(budget, policy)
        if step is not None:
            yield from _step_findings(budget, step, facts, asked)
        if budget.pages and policy.firing_page is not Verdict.ALLOW:
            text = f"{budget.name} burns so fast that a page is open."
            yield Finding(policy.firing_page, "page", text)
        doubt = doubt_of(budget, policy, now)
        if doubt and policy.no_data is not Verdict.ALLOW:
            yield Finding(policy.no_data, "no-data", doubt)
    if not facts.budgets and policy.no_data is not Verdict.ALLOW:
        yield Finding(policy.no_data, "no-data", "No SLO that the policy looks at guards this service.")


def _step_findings(budget: BudgetFacts, step: Step, facts: Facts, asked: Asked) -> Iterable[Finding]:
    spent = _spent(budget)
    if step.demand is Demand.FREEZE:
        yield Finding(Verdict.DENY, "freeze", spent)
        return
    yield Finding(Verdict.WARN, step.demand.value, f"{spent[:-1]}: {step.words}.")
    if step.demand is not Demand.SLOW:
        return
    if step.releases_per_day is not None and facts.releases_of_the_day >= step.releases_per_day:
        went = f"{facts.releases_of_the_day} went out in the last 24 hours"
        yield Finding(Verdict.DENY, "too-many", f"{went}, at most {step.releases_per_day} may.")
    if step.second_person and not asked.approver:
        yield Finding(Verdict.DENY, "second-person", "Name a second person who looked at it (`approver`).")


def _spent(budget: BudgetFacts) -> str:
    name = f"{budget.name} ({budget.objective_text})"
    if budget.remaining_ratio is not None and budget.remaining_ratio <= 0:
        return f"{name} has no error budget left."
    return f"{name} has spent {percent_text(round(budget.consumed_ratio or Decimal(0), 4))} of its error budget."


def _window_findings(facts: Facts) -> Iterable[Finding]:
    if facts.window is not None and not facts.window.is_open and facts.policy.outside_window is not Verdict.ALLOW:
        yield Finding(facts.policy.outside_window, "window", f"Outside the release window: {facts.window.why}.")


def _softened(findings: list[Finding], facts: Facts, asked: Asked) -> tuple[list[Finding], list[str]]:
    """Denials as warnings for kinds that are exempt and for what an override opens."""
    denied = any(finding.verdict is Verdict.DENY for finding in findings)
    softer = [Finding(min(one.verdict, Verdict.WARN, key=lambda v: v.rank), one.code, one.text) for one in findings]
    if denied and asked.kind in facts.policy.exempt_kinds:
        return softer, [f"The policy exempts {asked.kind.value} releases: it warns where it would deny."]
    override = facts.override
    if denied and override is not None and override.version in {"", asked.version}:
        text = f"Overridden by {override.author}: {override.reason}"
        return [Finding(Verdict.WARN, "override", text), *softer], []
    return findings, []


def _notes(facts: Facts, now: datetime) -> list[str]:
    if facts.policy.no_data is not Verdict.ALLOW:
        return []
    doubts = [doubt for budget in facts.budgets if (doubt := doubt_of(budget, facts.policy, now))]
    return doubts or ([] if facts.budgets else ["No SLO guards this service."])
