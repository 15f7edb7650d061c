"""Objectives: a ratio T with 0 < T < 1, kept as an exact decimal, and what it leaves room for."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

PERIOD = timedelta(days=30)
PLACES = 6
LOWEST = Decimal("0.5")
HIGHEST = Decimal("0.999999")
NINES = tuple(Decimal(text) for text in ("0.99", "0.995", "0.999", "0.9995", "0.9999", "0.99999"))


class InvalidObjective(ValueError):
    """The text is no objective; the message says why."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """An objective and the time that may be bad in one period."""

    objective: Decimal
    downtime: timedelta

    @property
    def percentage(self) -> str:
        """The objective as somebody types it."""
        return percent_text(self.objective).removesuffix(" %")


def objective_from_percent(percent: Decimal | str) -> Decimal:
    """The ratio of a percentage such as `99.9`; InvalidObjective outside 50 to 99.9999 or with more than six places."""
    try:
        return checked_objective(Decimal(percent) / 100)
    except InvalidOperation as error:
        raise InvalidObjective("Give a percentage such as 99.9.") from error


def checked_objective(ratio: Decimal) -> Decimal:
    """`ratio` itself when it can be an objective, InvalidObjective otherwise."""
    if not ratio.is_finite() or not LOWEST <= ratio <= HIGHEST:
        raise InvalidObjective(f"An objective lies between {percent_text(LOWEST)} and {percent_text(HIGHEST)}.")
    if ratio != round(ratio, PLACES):
        raise InvalidObjective(f"An objective has at most {PLACES - 2} decimal places as a percentage.")
    return ratio


@lru_cache(maxsize=4096)
def bad_share(objective: Decimal) -> Fraction:
    """1 - T: the share of events that may be bad."""
    return 1 - Fraction(objective)


def allowed_downtime(objective: Decimal, period: timedelta = PERIOD) -> timedelta:
    """The part of `period` that a full outage may last: (1 - T) * period, to the microsecond."""
    microseconds = bad_share(objective) * Fraction(period // timedelta(microseconds=1))
    return timedelta(microseconds=round(microseconds))


def nines_table(period: timedelta = PERIOD) -> list[Allowance]:
    """The usual objectives with their allowed downtime."""
    return [Allowance(objective, allowed_downtime(objective, period)) for objective in NINES]


def percent_text(ratio: Decimal) -> str:
    """`0.9995` as `99.95 %`, without needless zeros."""
    text = f"{ratio * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"
