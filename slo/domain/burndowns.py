"""Series for graphs: how a budget went down, and how fast it burned. None stays None: not measured is not zero."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

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


def period_burn_downs(
    steps: Sequence[Step], objective: Decimal, period_of: Callable[[datetime], Hashable]
) -> list[Value]:
    """The burn-down of each calendar period, which begins anew with a full budget."""
    periods = (list(found) for _, found in groupby(steps, key=lambda step: period_of(step[0])))
    return [value for period in periods for value in burn_down(period, objective)]


def sliding_budgets(steps: Sequence[Step], objective: Decimal, width: int) -> list[Value]:
    """What was left after each step of the budget of the `width` steps that end with it; None without events."""
    return [(at, budget_of(counts, objective).remaining_ratio) for at, counts in _sliding(steps, width)]


def sliding_burns(steps: Sequence[Step], objective: Decimal, width: int) -> list[Value]:
    """The burn over each step and the `width - 1` before it; None where none of them had events."""
    return [(at, burn_rate(counts, objective)) for at, counts in _sliding(steps, width)]


def _sliding(steps: Sequence[Step], width: int) -> Iterator[tuple[datetime, Counts]]:
    good = total = 0
    for number, (at, counts) in enumerate(steps):
        gone = steps[number - width][1] if number >= width else None
        good += (counts.good if counts else 0) - (gone.good if gone else 0)
        total += (counts.total if counts else 0) - (gone.total if gone else 0)
        yield at, Counts(good, total)


def thinned(values: Sequence[Value], most: int, pick: Callable[..., Any] = min) -> list[Value]:
    """At most about `most` of the values: of each run of neighbours the one that `pick` prefers, and the last one."""
    size = -(-len(values) // most) if len(values) > most else 1
    found = [_picked(values[first : first + size], pick) for first in range(0, len(values), size)]
    return found if size == 1 else [*found[:-1], *values[-1:]]


def _picked(run: Sequence[Value], pick: Callable[..., Any]) -> Value:
    measured = [value for value in run if value[1] is not None]
    picked: Value = pick(measured, key=lambda value: value[1]) if measured else run[-1]
    return picked


def summed(steps: Sequence[Step], size: int) -> list[Step]:
    """Neighbouring steps added up, `size` at a time; None where none of them was measured."""
    found: list[Step] = []
    for first in range(0, len(steps), size):
        counts = [counts for _, counts in steps[first : first + size] if counts is not None]
        found.append((steps[first][0], sum(counts, Counts()) if counts else None))
    return found
