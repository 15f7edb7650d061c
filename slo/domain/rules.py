"""Multi-window burn-rate rules as data.

A rule's key says all of it. The keys of the default rules name a share of the budget that may be spent in their long
window, so that their thresholds scale with the window of the SLO: threshold = share * period / long (SRE Workbook,
chapter 5). A custom key such as `critical:60m/5m@14.4` holds severity, long window, short window and threshold.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from slo.domain.budgets import decimal_ratio
from slo.domain.burns import largest_burn, threshold
from slo.domain.objectives import PERIOD, percent_text

CRITICAL = "critical"
WARNING = "warning"
LONGEST_KEY = 40
PLACES = 4
SEVERITIES = (CRITICAL, WARNING)
MINUTE = timedelta(minutes=1)
CUSTOM = re.compile(r"(critical|warning):(\d{1,6})m/(\d{1,6})m@(\d{1,7}(?:\.\d{1,4})?)", re.ASCII)
HOW_TO = "A rule is one of page-1h, page-6h and ticket-3d, or reads like critical:60m/5m@14.4."


class InvalidRule(ValueError):
    """The key is no rule; the message says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition over two windows, resolved for one period; `critical` pages, `warning` is a ticket."""

    key: str
    long: timedelta
    short: timedelta
    threshold: Fraction
    severity: str
    share: Fraction | None = None

    @property
    def pages(self) -> bool:
        return self.severity == CRITICAL

    @property
    def threshold_text(self) -> str:
        """The threshold with at most four decimals, without needless zeros."""
        text = f"{decimal_ratio(self.threshold, PLACES):f}"
        return text.rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Share:
    """A rule whose threshold spends `share` of the budget of any period in its long window."""

    long: timedelta
    short: timedelta
    share: Fraction
    severity: str


SHARES = {
    "page-1h": Share(timedelta(hours=1), timedelta(minutes=5), Fraction(2, 100), CRITICAL),
    "page-6h": Share(timedelta(hours=6), timedelta(minutes=30), Fraction(5, 100), CRITICAL),
    "ticket-3d": Share(timedelta(days=3), timedelta(hours=6), Fraction(10, 100), WARNING),
}
DEFAULT_KEYS = tuple(SHARES)


@lru_cache(maxsize=4096)
def rule_of(key: str, period: timedelta = PERIOD) -> Rule:
    """The rule that `key` names, for an SLO whose window is `period` long; InvalidRule when it names none."""
    share = SHARES.get(key)
    if share is None:
        return _custom(key)
    limit = threshold(share.share, share.long, period)
    return Rule(key, share.long, share.short, limit, share.severity, share.share)


def _custom(key: str) -> Rule:
    found = CUSTOM.fullmatch(key) if len(key) <= LONGEST_KEY else None
    if found is None:
        raise InvalidRule(f"There is no rule '{key[:LONGEST_KEY]}'. {HOW_TO}")
    severity, long, short, burn = found.groups()
    return custom_rule(severity, long=int(long) * MINUTE, short=int(short) * MINUTE, burn=Decimal(burn))


def custom_rule(severity: str, *, long: timedelta, short: timedelta, burn: Decimal) -> Rule:
    """A rule of its own, under its one key; InvalidRule when the windows or the threshold make no sense."""
    if severity not in SEVERITIES:
        raise InvalidRule("A rule is critical or warning.")
    if short < MINUTE or short > long or long % MINUTE or short % MINUTE:
        raise InvalidRule("The short window is a minute or more and not longer than the long one.")
    if not burn.is_finite() or burn <= 0 or burn != round(burn, PLACES):
        raise InvalidRule(f"A threshold is more than zero and has at most {PLACES} decimal places.")
    text = f"{burn:f}"
    burn_text = text.rstrip("0").rstrip(".") if "." in text else text
    key = f"{severity}:{long // MINUTE}m/{short // MINUTE}m@{burn_text.lstrip('0') or '0'}"
    return Rule(key.replace("@.", "@0."), long, short, Fraction(burn), severity)


@lru_cache(maxsize=4096)
def rules_of(keys: Sequence[str], period: timedelta = PERIOD) -> tuple[Rule, ...]:
    """The rules of `keys` (a tuple) once each: pages first, the shorter windows first, the strictest first."""
    found = {rule.key: rule for rule in (rule_of(key, period) for key in keys)}
    return tuple(sorted(found.values(), key=lambda rule: (not rule.pages, rule.long, -rule.threshold, rule.key)))


DEFAULT_RULES = rules_of(DEFAULT_KEYS)


def severity_of(key: str) -> str:
    """What a rule sets off; unreadable keys are refused."""
    return rule_of(key).severity


def can_fire(rule: Rule, objective: Decimal) -> bool:
    """Whether a full outage reaches the rule's threshold: 14.4 is out of reach at T = 90 %, where the largest is 10."""
    return rule.threshold <= largest_burn(objective)


def problem_of(rule: Rule, objective: Decimal, period: timedelta = PERIOD) -> str:
    """Why the rule makes no sense at this objective and window; nothing when it does."""
    if rule.long > period:
        return f"{rule.key} looks back further than the window of the SLO."
    if not can_fire(rule, objective):
        largest = decimal_ratio(largest_burn(objective), 2)
        why = f"the largest burn at {percent_text(objective)} is {largest:f}"
        return f"{rule.key} at {rule.threshold_text} can never fire: {why}."
    return ""


def rules_that_can_fire(
    objective: Decimal, rules: Iterable[Rule] = DEFAULT_RULES, period: timedelta = PERIOD
) -> list[Rule]:
    """The rules that make sense for an objective and a window."""
    return [rule for rule in rules if not problem_of(rule, objective, period)]


def unreadable(keys: Iterable[str]) -> list[str]:
    """Why each key that is no rule is none."""
    problems = []
    for key in keys:
        try:
            rule_of(key)
        except InvalidRule as error:
            problems.append(str(error))
    return problems
