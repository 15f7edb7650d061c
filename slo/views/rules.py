"""The table of burn-rate rules, for the pages that show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.burns import consumed_while_firing, detection_time, reset_time
from slo.domain.explanations import explain_reset, explain_rule
from slo.domain.judgements import GOES_ON_FROM
from slo.domain.rules import Rule, can_fire
from slo.models import SloStatus

ALL_BAD = Fraction(1)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with what its windows burn now and how fast it notices and ends a fault.

    `reset` is when the burn is below the threshold again, `ends` when the alert ends, which goes on near the threshold.
    """

    rule: Rule
    state: str
    consumed: Fraction
    detection: timedelta | None
    reset: timedelta | None
    ends: timedelta | None
    reasons: Sequence[str]
    long_burn: Decimal | None = None
    short_burn: Decimal | None = None
    held_because: str = ""
    since: datetime | None = None


def rule_rows(
    objective: Decimal,
    rules: Iterable[Rule],
    period: timedelta,
    *,
    status: SloStatus | None = None,
    bad_ratio: Fraction = ALL_BAD,
) -> list[RuleRow]:
    """The rows of the table; with a `status` they say what the rules do now. `bad_ratio` is that of the fault."""
    return [_rule_row(rule, objective, period, status, bad_ratio) for rule in rules]


def _rule_row(
    rule: Rule, objective: Decimal, period: timedelta, status: SloStatus | None, bad_ratio: Fraction
) -> RuleRow:
    reset = reset_time(rule.short, rule.threshold, objective, bad_ratio)
    goes_on_until = reset_time(rule.short, rule.threshold * GOES_ON_FROM, objective, bad_ratio)
    row = RuleRow(
        rule,
        "ok" if can_fire(rule, objective) else "never",
        consumed=consumed_while_firing(Fraction(rule.threshold), rule.long, period),
        detection=detection_time(rule.long, rule.threshold, objective, bad_ratio),
        reset=reset,
        ends=None if reset is None else goes_on_until,
        reasons=[*explain_rule(rule, period), *explain_reset(rule, objective)],
    )
    return row if status is None else _with_status(row, status)


def _with_status(row: RuleRow, status: SloStatus) -> RuleRow:
    rule = row.rule
    is_firing, held = rule.key in status.firing, status.held.get(rule.key, "")
    since = status.firing_since.get(rule.key)
    return replace(
        row,
        state="firing" if is_firing else "waiting" if held else "ok",
        long_burn=status.burn_of(rule.long),
        short_burn=status.burn_of(rule.short),
        held_because=held,
        since=datetime.fromisoformat(since) if is_firing and since else None,
    )
