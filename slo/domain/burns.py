"""Burn rates and the times that follow from them.

T is the objective, e the error ratio, burn = e / (1 - T): a burn of 1 spends the whole budget in exactly one period.
Source of the formulas: the SRE Workbook, chapter 5.
"""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from slo.domain.budgets import Counts
from slo.domain.objectives import PERIOD, bad_share

SHORT_SHARE = 12
MICROSECOND = timedelta(microseconds=1)


def burn_rate(counts: Counts, objective: Decimal) -> Fraction | None:
    """e / (1 - T); None without events."""
    bad_ratio = counts.bad_ratio
    return None if bad_ratio is None else bad_ratio / bad_share(objective)


def largest_burn(objective: Decimal) -> Fraction:
    """The burn of a full outage, 1 / (1 - T): no threshold above it can ever fire."""
    return 1 / bad_share(objective)


def threshold(share: Fraction, long: timedelta, period: timedelta = PERIOD) -> Fraction:
    """The burn at which `long` spends `share` of the budget of `period`: share * period / long."""
    return share * Fraction(period // MICROSECOND, long // MICROSECOND)


def short_window(long: timedelta) -> timedelta:
    """The window that ends an alert soon after the fault ends: a twelfth of the long one."""
    return long / SHORT_SHARE


def consumed_while_firing(burn: Fraction, long: timedelta, period: timedelta = PERIOD) -> Fraction:
    """The share of the budget that is gone after `long` at `burn`: burn * long / period."""
    return burn * Fraction(long // MICROSECOND, period // MICROSECOND)


def time_to_exhaustion(
    remaining: Fraction | None, burn: Fraction | None, period: timedelta = PERIOD
) -> timedelta | None:
    """r * period / burn; zero when nothing is left, None when nothing burns or nothing is known."""
    if remaining is None or not burn:
        return None
    return _scaled(period, max(Fraction(0), remaining) / burn)


def detection_time(
    long: timedelta, limit: Decimal | Fraction, objective: Decimal, bad_ratio: Fraction = Fraction(1)
) -> timedelta | None:
    """How long a fault of `bad_ratio` lasts before `long` is over `limit`; None when it never is.

    long * threshold * (1 - T) / e, for a service that was fault free before.
    """
    share = _share_of_window(limit, objective, bad_ratio)
    return None if share is None or share > 1 else _scaled(long, share)


def reset_time(
    window: timedelta, limit: Decimal | Fraction, objective: Decimal, bad_ratio: Fraction = Fraction(1)
) -> timedelta | None:
    """How long after the fault `window` stays over `limit`: w * (1 - threshold * (1 - T) / e); the short one rules."""
    share = _share_of_window(limit, objective, bad_ratio)
    return None if share is None or share > 1 else _scaled(window, 1 - share)


def _share_of_window(limit: Decimal | Fraction, objective: Decimal, bad_ratio: Fraction) -> Fraction | None:
    return Fraction(limit) * bad_share(objective) / bad_ratio if bad_ratio else None


def _scaled(span: timedelta, factor: Fraction) -> timedelta | None:
    """`span * factor` to the microsecond; None past what a timedelta holds."""
    microseconds = round(Fraction(span // MICROSECOND) * factor)
    try:
        return timedelta(microseconds=microseconds)
    except OverflowError:
        return None
