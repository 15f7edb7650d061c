"""The arithmetic of a budget in words, with the very numbers."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts, budget_of, decimal_ratio
from slo.domain.objectives import PERIOD, allowed_downtime, percent_text


def explain_budget(counts: Counts, objective: Decimal) -> list[str]:
    """Sentences from the objective to what is left; one that says that there is nothing to compute without events."""
    share = percent_text(1 - objective)
    promise = f"The objective of {percent_text(objective)} lets {share} of all events be bad."
    if not counts.total:
        return [promise, "There were no events in the window, so there is no budget to speak of yet."]
    budget = budget_of(counts, objective)
    left = budget.remaining_ratio
    return [
        promise,
        f"{counts.total:,} events x {share} = {plain(budget.allowed_bad)} bad events are allowed in the window.",
        f"{counts.total:,} events - {counts.good:,} good = {counts.bad:,} were bad.",
        f"{counts.bad:,} / {plain(budget.allowed_bad)} = {percent(budget.consumed_ratio)} of the budget is spent.",
        f"100 % - {percent(budget.consumed_ratio)} = {percent(left)} is left.",
    ]


def explain_downtime(objective: Decimal, period: timedelta = PERIOD) -> str:
    """What the objective means for a service that is either up or down."""
    minutes = Fraction(allowed_downtime(objective, period) // timedelta(microseconds=1), 60_000_000)
    return f"{period.days} days x {percent_text(1 - objective)} = {plain(minutes)} minutes of full outage."


def plain(value: Fraction) -> str:
    """A number with at most two decimals."""
    text = f"{decimal_ratio(value, 2):,f}"
    return text.rstrip("0").rstrip(".")


def percent(value: Fraction | None) -> str:
    """A share as per cent with at most two decimals."""
    return "unknown" if value is None else f"{plain(value * 100)} %"
