"""The state of an SLO in one word, and all that its status row says, computed from the counts of its windows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from slo.domain.budgets import budget_of
from slo.domain.burns import burn_rate
from slo.domain.judgements import Judgement, Measured, judge
from slo.domain.periods import Window
from slo.domain.previews import Method
from slo.domain.rules import DEFAULT_KEYS, Rule, rules_of

LOW_BUDGET = Fraction(1, 10)
THIRTY_DAYS = Window()
FORECAST_WINDOWS = (timedelta(hours=1), timedelta(hours=6))


class SloState(StrEnum):
    """no_data: no events; violated: below the objective; degrading: a rule fires or a tenth of the budget is left."""

    NO_DATA = "no_data"
    HEALTHY = "healthy"
    DEGRADING = "degrading"
    VIOLATED = "violated"


@dataclass(frozen=True, slots=True)
class Definition:
    """What an SLO asks for: its objective and window, the rules it uses and when its alerts hold."""

    objective: Decimal
    rule_keys: Collection[str] = DEFAULT_KEYS
    minimum_events: int = 10
    coverage_floor: Decimal = Decimal("0.5")
    window: Window = THIRTY_DAYS
    method: Method = Method.OCCURRENCES

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules with the thresholds of this window, in their order."""
        return rules_of(tuple(self.rule_keys), self.window.nominal)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that a status row keeps but the forecasts."""

    state: SloState
    ratio: Fraction | None
    remaining_ratio: Fraction | None
    burns: Mapping[timedelta, Fraction | None]
    judgements: Mapping[str, Judgement] = field(default_factory=dict)

    @property
    def firing(self) -> list[str]:
        """The keys of the rules that fire."""
        return [key for key, judgement in self.judgements.items() if judgement.firing]


def lengths_of(rules: Collection[Rule]) -> list[timedelta]:
    """The windows to read for rules and forecasts, the shortest first."""
    return sorted({*FORECAST_WINDOWS, *(length for rule in rules for length in (rule.long, rule.short))})


def assess(
    definition: Definition,
    windows: Mapping[timedelta, Measured],
    *,
    period: Measured,
    firing_before: Collection[str] = (),
) -> Assessment:
    """The assessment of one SLO; `windows` holds those of its rules and of the forecasts, `period` its own window."""
    counts = period.counts
    remaining = budget_of(counts, definition.objective).remaining_ratio
    judgements = {
        rule.key: judge(
            rule,
            windows,
            definition.objective,
            minimum_events=definition.minimum_events,
            coverage_floor=definition.coverage_floor,
            was_firing=rule.key in firing_before,
        )
        for rule in definition.rules
    }
    return Assessment(
        state=state_of(remaining, any_firing=any(judgement.firing for judgement in judgements.values())),
        ratio=counts.ratio,
        remaining_ratio=remaining,
        burns={length: burn_rate(found.counts, definition.objective) for length, found in windows.items()},
        judgements=judgements,
    )


def state_of(remaining: Fraction | None, *, any_firing: bool) -> SloState:
    """The state for a remaining share of the budget; exactly zero left still meets the objective."""
    if remaining is None:
        return SloState.NO_DATA
    if remaining < 0:
        return SloState.VIOLATED
    return SloState.DEGRADING if any_firing or remaining <= LOW_BUDGET else SloState.HEALTHY
