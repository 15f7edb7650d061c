"""Series for graphs: how a budget went down, and how fast it burned. None stays None: not measured is not zero."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts, budget_of
from slo.domain.burns import burn_rate

Step = tuple[datetime, Counts | None]
Value = tuple[datetime, Fraction | None]


def burn_down(steps: Sequence[Step], objective: Decimal) -> list[Value]:
    """The share of the window's whole budget that was left after each step; the last one is what is left now."""
    whole = sum((counts for _, counts in steps if counts is not None), Counts())
    allowed = budget_of(whole, objective).allowed_bad
    if not allowed:
        return [(at, None) for at, _ in steps]
    bad = 0
    left: list[Value] = []
    for at, counts in steps:
        bad += counts.bad if counts is not None else 0
        left.append((at, 1 - bad / allowed))
    return left


def sliding_burns(steps: Sequence[Step], objective: Decimal, width: int) -> list[Value]:
    """The burn over each step and the `width - 1` before it; None where none of them had events."""
    burns: list[Value] = []
    for number, (at, _) in enumerate(steps):
        window = [counts for _, counts in steps[max(0, number - width + 1) : number + 1] if counts is not None]
        burns.append((at, burn_rate(sum(window, Counts()), objective)))
    return burns
