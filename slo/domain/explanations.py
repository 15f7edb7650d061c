"""The arithmetic behind each number in words, with the very numbers."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts, budget_of, decimal_ratio
from slo.domain.burns import burn_rate, consumed_while_firing, largest_burn, time_to_exhaustion
from slo.domain.judgements import GOES_ON_FROM
from slo.domain.objectives import PERIOD, allowed_downtime, bad_share, percent_text
from slo.domain.rules import Rule
from slo.domain.windows import length_text

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Units:
    """What is counted, in words, and how many stored units make one of them."""

    plural: str = "events"
    scale: int = 1

    def text(self, count: Fraction | int) -> str:
        """A stored count in these units."""
        return plain(Fraction(count, self.scale))


EVENTS = Units()


def explain_budget(counts: Counts, objective: Decimal, units: Units = EVENTS) -> list[str]:
    """Sentences from the objective to what is left; one that says that there is nothing to compute without events."""
    share = percent_text(1 - objective)
    promise = f"The objective of {percent_text(objective)} lets {share} of all {units.plural} be bad."
    if not counts.total:
        return [promise, f"There were no {units.plural} in the window, so there is no budget to speak of yet."]
    budget = budget_of(counts, objective)
    left = budget.remaining_ratio
    allowed, bad = units.text(budget.allowed_bad), units.text(counts.bad)
    total, good = units.text(counts.total), units.text(counts.good)
    return [
        promise,
        f"{total} {units.plural} x {share} = {allowed} bad {units.plural} are allowed in the window.",
        f"{total} {units.plural} - {good} good = {bad} were bad.",
        f"{bad} / {allowed} = {percent(budget.consumed_ratio)} of the budget is spent.",
        f"100 % - {percent(budget.consumed_ratio)} = {percent(left)} is left.",
    ]


def explain_ratio(counts: Counts, units: Units = EVENTS) -> list[str]:
    """Good / valid of a window."""
    if not counts.total:
        return [f"There were no {units.plural} in the window."]
    total, good = units.text(counts.total), units.text(counts.good)
    return [f"{good} good / {total} {units.plural} = {percent(counts.ratio, 4)}."]


def explain_burn(counts: Counts, length: timedelta, objective: Decimal, units: Units = EVENTS) -> list[str]:
    """e / (1 - T) over one window, and what a burn means."""
    if not counts.total:
        return [f"There were no {units.plural} in the last {length_text(length)}."]
    bad, total = units.text(counts.bad), units.text(counts.total)
    burn = burn_rate(counts, objective)
    return [
        f"In the last {length_text(length)}: {bad} bad / {total} {units.plural} = {percent(counts.bad_ratio, 4)}.",
        f"{percent(counts.bad_ratio, 4)} / {percent_text(1 - objective)} allowed = a burn of {plain(burn or 0)}.",
        (
            "A burn of 1 spends the whole budget in exactly one window; the most there can be is "
            f"1 / {percent_text(1 - objective)} = {plain(largest_burn(objective))}."
        ),
    ]


def explain_forecast(
    remaining: Fraction | None, burn: Fraction | None, length: timedelta, period: timedelta
) -> list[str]:
    """r x period / burn."""
    if remaining is None or burn is None:
        return ["Without events nothing can be foretold."]
    if remaining <= 0:
        return ["Nothing is left."]
    if not burn:
        return [f"Nothing was bad in the last {length_text(length)}, so the budget does not shrink."]
    left = time_to_exhaustion(remaining, burn, period)
    text = "longer than anybody plans" if left is None else f"{plain(Fraction(left // MINUTE, 60))} h"
    return [
        f"{percent(remaining)} left x {length_text(period)} / burn {plain(burn)} over {length_text(length)} = {text}."
    ]


def explain_coverage(coverage: Fraction | None) -> list[str]:
    """Measured / expected minutes."""
    if coverage is None:
        return ["Nothing was expected to be measured yet."]
    return [
        (
            f"{percent(coverage)} of the minutes of the window that were expected were measured. "
            "What was not measured counts neither as good nor as bad."
        ),
        "The open minute does not count, and a closed one has a minute to arrive.",
    ]


def explain_rule(rule: Rule, period: timedelta) -> list[str]:
    """Where the threshold comes from and what it costs."""
    spent = consumed_while_firing(Fraction(rule.threshold), rule.long, period)
    lengths = f"{length_text(rule.long)} and {length_text(rule.short)}"
    lines = [
        (
            f"Fires when the burn over {lengths} is {rule.threshold_text} or more in both: the long window says "
            "that it matters, the short one that it still goes on."
        )
    ]
    if rule.share is not None:
        lines.append(
            f"{percent(rule.share)} of the budget x {length_text(period)} / {length_text(rule.long)} = "
            f"{rule.threshold_text}."
        )
    lines.append(f"By the time it fires, {percent(spent)} of the budget went in {length_text(rule.long)}.")
    return lines


def explain_downtime(objective: Decimal, period: timedelta = PERIOD) -> str:
    """What the objective means for a service that is either up or down."""
    minutes = Fraction(allowed_downtime(objective, period) // timedelta(microseconds=1), 60_000_000)
    return f"{period.days} days x {percent_text(1 - objective)} = {plain(minutes)} minutes of full outage."


def explain_reset(rule: Rule, objective: Decimal) -> list[str]:
    """Detection and reset time of a full outage, as the formulas say, and when its alert ends."""
    share = Fraction(rule.threshold) * bad_share(objective)
    until = GOES_ON_FROM * share
    return [
        (
            f"Detection: {length_text(rule.long)} x {rule.threshold_text} x {percent_text(1 - objective)} = "
            f"{plain(share * Fraction(rule.long // MINUTE))} minutes."
        ),
        (
            f"Reset: {length_text(rule.short)} x (1 - {rule.threshold_text} x {percent_text(1 - objective)}) = "
            f"{plain((1 - share) * Fraction(rule.short // MINUTE))} minutes."
        ),
        (
            f"The alert goes on while the burn is {plain(GOES_ON_FROM)} of the threshold or more: "
            f"{length_text(rule.short)} x (1 - {plain(GOES_ON_FROM)} x {rule.threshold_text} x "
            f"{percent_text(1 - objective)}) = {plain((1 - until) * Fraction(rule.short // MINUTE))} minutes."
        ),
    ]


def plain(value: Fraction | int) -> str:
    """A number with at most two decimals."""
    text = f"{decimal_ratio(Fraction(value), 2):,f}"
    return text.rstrip("0").rstrip(".")


def percent(value: Fraction | None, places: int = 2) -> str:
    """A share as per cent with at most so many decimals."""
    if value is None:
        return "unknown"
    text = f"{decimal_ratio(value * 100, places):,f}"
    return f"{text.rstrip('0').rstrip('.')} %"
