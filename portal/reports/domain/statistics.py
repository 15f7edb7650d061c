"""Durations summed up honestly: median, p90, n and max in one row; no percentile of fewer than five."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Bound:
    """A duration; `is_open` means that it still runs, so that the true one is at least `value`."""

    value: timedelta
    is_open: bool = False

    @property
    def seconds(self) -> float:
        return self.value.total_seconds()


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of n durations; a percentile of fewer than five is None."""

    n: int
    open_count: int
    median: Bound | None
    p90: Bound | None
    maximum: Bound | None


def summarize(bounds: Sequence[Bound]) -> Row:
    """One row of a report. Open durations count with what they have reached, and are never dropped."""
    ordered = sorted(bounds, key=lambda bound: (bound.value, bound.is_open))
    enough = len(ordered) >= FEWEST
    return Row(
        n=len(ordered),
        open_count=sum(bound.is_open for bound in ordered),
        median=percentile(ordered, 0.5) if enough else None,
        p90=percentile(ordered, 0.9) if enough else None,
        maximum=percentile(ordered, 1.0) if ordered else None,
    )


def percentile(ordered: Sequence[Bound], ratio: float) -> Bound:
    """The nearest-rank percentile of durations in order: the smallest that at least `ratio` of them do not exceed.

    It is a lower bound (`is_open`) as soon as an open duration lies at or below it, for that one may yet grow past it.
    """
    value = ordered[max(0, math.ceil(ratio * len(ordered)) - 1)].value
    return Bound(value, is_open=any(bound.is_open and bound.value <= value for bound in ordered))
