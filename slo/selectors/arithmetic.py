"""The arithmetic behind every number of an SLO's page, and the counts that it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from slo.domain import explanations
from slo.domain.budgets import Counts, budget_of
from slo.domain.burns import burn_rate
from slo.domain.revisions import changes
from slo.domain.rules import Rule
from slo.domain.windows import HOUR, window_start
from slo.models import Slo, SloRevision, SloStatus
from slo.selectors.objectives import revisions
from slo.selectors.units import units_of
from slo.selectors.windows import window_counts

SHORT, LONG = HOUR, 6 * HOUR
NEWEST = 20
LEAVING = "The date that is shown also counts the bad days that leave the rolling window until then."


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A revision and what it changed."""

    revision: SloRevision
    lines: Sequence[str]


def recent_counts(slo: Slo, status: SloStatus, rules: Sequence[Rule]) -> dict[timedelta, Counts]:
    """The counts of one hour, six hours and every window of `rules` up to the status; empty before the first one."""
    if status.window_start is None:
        return {}
    end = status.window_end
    lengths = {SHORT, LONG, *(length for rule in rules for length in (rule.long, rule.short))}
    spans = {length: (window_start(end, length), end) for length in lengths}
    found = window_counts(spans, sli_ids=[slo.stream_id])
    return dict(found.get(slo.stream_id, {}))


def explained(slo: Slo, status: SloStatus, recent: Mapping[timedelta, Counts]) -> dict[str, list[str]]:
    """The sentences behind each number, by the name of the number."""
    units, counts = units_of(slo.stream), Counts(status.good, status.total)
    remaining = budget_of(counts, slo.objective).remaining_ratio
    hour, day_quarter = (recent.get(length, Counts()) for length in (SHORT, LONG))
    coverage = None if status.coverage_ratio is None else Fraction(status.coverage_ratio)
    period = slo.window.nominal
    return {
        "budget": explanations.explain_budget(counts, slo.objective, units),
        "ratio": explanations.explain_ratio(counts, units),
        "burn_1h": explanations.explain_burn(hour, SHORT, slo.objective, units),
        "burn_6h": explanations.explain_burn(day_quarter, LONG, slo.objective, units),
        "forecast": [
            *(
                line
                for length, found in ((SHORT, hour), (LONG, day_quarter))
                for line in explanations.explain_forecast(remaining, burn_rate(found, slo.objective), length, period)
            ),
            *([] if slo.window.unit else [LEAVING]),
        ],
        "coverage": explanations.explain_coverage(coverage),
    }


def revision_rows(slo: Slo) -> list[RevisionRow]:
    """The latest revisions, each with what it changed against the one before."""
    found = list(revisions(slo)[: NEWEST + 1])
    rows = [
        RevisionRow(revision, changes(before.promise, revision.promise) if before else [])
        for revision, before in zip(found, [*found[1:], None], strict=False)
    ]
    return rows[:NEWEST]
