"""The state of an SLO in one word, and all that its status row says, computed from the counts of its windows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from slo.domain.budgets import budget_of
from slo.domain.burns import burn_rate, time_to_exhaustion
from slo.domain.objectives import PERIOD
from slo.domain.rules import RULES, WINDOWS, Judgement, Measured, judge

LOW_BUDGET = Fraction(1, 10)
FORECAST_WINDOW = timedelta(hours=1)


class SloState(StrEnum):
    """no_data: no events; violated: below the objective; degrading: a rule fires or a tenth of the budget is left."""

    NO_DATA = "no_data"
    HEALTHY = "healthy"
    DEGRADING = "degrading"
    VIOLATED = "violated"


@dataclass(frozen=True, slots=True)
class Definition:
    """What an SLO asks for: its objective, the rules it uses and when its alerts hold."""

    objective: Decimal
    rule_keys: Collection[str] = tuple(RULES)
    minimum_events: int = 10
    coverage_floor: Decimal = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that a status row keeps."""

    state: SloState
    ratio: Fraction | None
    remaining_ratio: Fraction | None
    burns: Mapping[timedelta, Fraction | None]
    time_to_exhaustion: timedelta | None
    judgements: Mapping[str, Judgement] = field(default_factory=dict)

    @property
    def firing(self) -> list[str]:
        """The keys of the rules that fire."""
        return [key for key, judgement in self.judgements.items() if judgement.firing]


def assess(
    definition: Definition, windows: Mapping[timedelta, Measured], *, firing_before: Collection[str] = ()
) -> Assessment:
    """The assessment of one SLO; `windows` holds its period and every window of its rules."""
    counts = windows[PERIOD].counts
    remaining = budget_of(counts, definition.objective).remaining_ratio
    burns = {length: burn_rate(windows[length].counts, definition.objective) for length in WINDOWS}
    judgements = {
        key: judge(
            RULES[key],
            windows,
            definition.objective,
            minimum_events=definition.minimum_events,
            coverage_floor=definition.coverage_floor,
            was_firing=key in firing_before,
        )
        for key in definition.rule_keys
    }
    return Assessment(
        state=state_of(remaining, any_firing=any(judgement.firing for judgement in judgements.values())),
        ratio=counts.ratio,
        remaining_ratio=remaining,
        burns=burns,
        time_to_exhaustion=time_to_exhaustion(remaining, burns[FORECAST_WINDOW]),
        judgements=judgements,
    )


def state_of(remaining: Fraction | None, *, any_firing: bool) -> SloState:
    """The state for a remaining share of the budget; exactly zero left still meets the objective."""
    if remaining is None:
        return SloState.NO_DATA
    if remaining < 0:
        return SloState.VIOLATED
    return SloState.DEGRADING if any_firing or remaining <= LOW_BUDGET else SloState.HEALTHY
