"""The state of an SLO in one word, and all that its status row says, computed from the counts of its windows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from slo.domain.budgets import budget_of
from slo.domain.burns import burn_rate
from slo.domain.judgements import Bar, Judgement, Limit, Measured, bar_of, judge
from slo.domain.objectives import bad_share
from slo.domain.periods import Window
from slo.domain.previews import Method
from slo.domain.rules import DEFAULT_KEYS, Rule, rules_of

LOW_BUDGET = (1, 10)
THIRTY_DAYS = Window()
FORECAST_WINDOWS = (timedelta(hours=1), timedelta(hours=6))


class SloState(StrEnum):
    """no_data: no events; violated: below the objective; degrading: a rule fires or a tenth of the budget is left."""

    NO_DATA = "no_data"
    HEALTHY = "healthy"
    DEGRADING = "degrading"
    VIOLATED = "violated"


@dataclass(frozen=True)
class Definition:
    """What an SLO asks for: its objective and window, the rules it uses and when its alerts hold."""

    objective: Decimal
    rule_keys: Collection[str] = DEFAULT_KEYS
    minimum_events: int = 10
    coverage_floor: Decimal = Decimal("0.5")
    window: Window = THIRTY_DAYS
    method: Method = Method.OCCURRENCES

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules with the thresholds of this window, in their order."""
        return rules_of(tuple(self.rule_keys), self.window.nominal)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The rules at this objective."""
        return tuple(bar_of(rule, self.objective) for rule in self.rules)

    @cached_property
    def lengths(self) -> tuple[timedelta, ...]:
        """The windows to read beside the SLO's own, the shortest first: those of its rules and of the forecasts."""
        return tuple(lengths_of(self.rules))

    @cached_property
    def floor(self) -> Limit:
        """The coverage floor as numerator and denominator."""
        return Fraction(self.coverage_floor).as_integer_ratio()

    @cached_property
    def share(self) -> Limit:
        """1 - T as numerator and denominator."""
        return bad_share(self.objective).as_integer_ratio()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The state of an SLO, and the counts that its status row is written from."""

    definition: Definition
    windows: Mapping[timedelta, Measured]
    period: Measured
    state: SloState
    judgements: Mapping[str, Judgement] = field(default_factory=dict)

    @property
    def firing(self) -> list[str]:
        """The keys of the rules that fire."""
        return [key for key, judgement in self.judgements.items() if judgement.firing]

    @property
    def held(self) -> dict[str, str]:
        """Why rules keep their last answer."""
        return {key: found.held_because for key, found in self.judgements.items() if found.held_because}

    @property
    def ratio(self) -> Fraction | None:
        return self.period.counts.ratio

    @property
    def remaining_ratio(self) -> Fraction | None:
        return budget_of(self.period.counts, self.definition.objective).remaining_ratio

    def burn(self, length: timedelta) -> Fraction | None:
        """The burn rate over one of the windows."""
        return burn_rate(self.windows[length].counts, self.definition.objective)


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
    judgements = {
        bar.key: judge(
            bar,
            windows,
            minimum_events=definition.minimum_events,
            coverage_floor=definition.floor,
            was_firing=bar.key in firing_before,
        )
        for bar in definition.bars
    }
    any_firing = any(judgement.firing for judgement in judgements.values())
    return Assessment(definition, windows, period, state_of(period, definition.share, any_firing), judgements)


def state_of(period: Measured, share: Limit, any_firing: bool) -> SloState:
    """The state of a window's counts, of which `share` may be bad; exactly at the objective still meets it."""
    if not period.total:
        return SloState.NO_DATA
    part, whole = share
    left = part * period.total - whole * period.bad
    if left < 0:
        return SloState.VIOLATED
    is_low = left * LOW_BUDGET[1] <= LOW_BUDGET[0] * part * period.total
    return SloState.DEGRADING if any_firing or is_low else SloState.HEALTHY
