"""When a resource runs out: state, fit, dates of crossing and how far the method was off before.

| state | when |
|---|---|
| insufficient_data | fewer than 14 days have a value |
| flat | the series is constant; or r2 < 0.5 and the root mean square error is within 5 % of the mean level |
| noisy | r2 < 0.5 otherwise |
| growing, shrinking | r2 >= 0.5 and the fit rises, or falls |

The states have no memory: the same points give the same state. A day is the first one on which the fit reaches the
limit; earliest and latest are those of the upper and the lower end of the 95 % prediction interval. No day lies further
behind the last point than twice the length of the fit window, and none is named unless the series grows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from slo.domain.capacity.events import Event, multiplier_on, without_events
from slo.domain.capacity.fits import EXACT, LEAST_R2, Day, Fit, best

FEWEST_DAYS = 14
STEADY = Decimal("0.05")
FURTHEST = 2
TRAINED = Fraction(3, 4)
GRACE = Fraction(1, 1_000_000)
"""A limit that is missed by a millionth of a day is reached: binary fractions must not cost a day."""

LimitOn = Callable[[date], Decimal]


class State(StrEnum):
    """Where a series goes."""

    GROWING = "growing"
    FLAT = "flat"
    SHRINKING = "shrinking"
    NOISY = "noisy"
    INSUFFICIENT_DATA = "insufficient_data"


@dataclass(frozen=True, slots=True)
class Crossing:
    """The days on which the limit is reached; `latest` is None where it lies past twice the fit window."""

    earliest: date
    likely: date
    latest: date | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is known of a series; `fit` is None while there is too little data, `rival` is the model that lost."""

    state: State
    days: Sequence[Day]
    fit: Fit | None = None
    rival: Fit | None = None
    crossing: Crossing | None = None
    backtest_error: Decimal | None = None
    events: Sequence[Event] = ()

    @property
    def slope_per_day(self) -> Decimal | None:
        """What the fit adds on the day after the last one, in units; for a line the same on every day."""
        if self.fit is None:
            return None
        last = self.fit.number_of(self.fit.last)
        return EXACT.subtract(self.fit.value(last + 1), self.fit.value(last))

    @property
    def growth_per_day(self) -> Decimal | None:
        """The slope as a share of the fit on the last day; None where that is not above zero."""
        level = None if self.fit is None else self.fit.value(self.fit.number_of(self.fit.last))
        slope = self.slope_per_day
        return None if slope is None or level is None or level <= 0 else EXACT.divide(slope, level)

    @property
    def horizon(self) -> date | None:
        """The last day of which anything may be said."""
        return None if self.fit is None else self.fit.last + timedelta(days=FURTHEST * self.fit.window_days)

    def value_on(self, day: date) -> tuple[Decimal, Decimal, Decimal]:
        """Low, likely and high on a day, known events included; only where there is a fit."""
        if self.fit is None:
            raise ValueError("There is no fit.")
        number, times = self.fit.number_of(day), multiplier_on(day, self.events)
        ends = (self.fit.low(number), self.fit.value(number), self.fit.high(number))
        low, likely, high = (EXACT.multiply(end, times) for end in ends)
        return low, likely, high


def daily(points: Sequence[Day]) -> list[Day]:
    """The points in the order of their days; of several on one day the largest counts."""
    found: dict[date, Decimal] = {}
    for day, value in points:
        found[day] = max(value, found.get(day, value))
    return sorted(found.items())


def forecast(points: Sequence[Day], limit_on: LimitOn, events: Sequence[Event] = ()) -> Forecast:
    """The forecast of a series. Events are taken out of the past before the fit, and put into the future."""
    days = daily(points)
    if len(days) < FEWEST_DAYS:
        return Forecast(State.INSUFFICIENT_DATA, days, events=events)
    usual = without_events(days, events)
    fit, rival = best(usual)
    state = state_of(fit, usual)
    found = crossing(fit, limit_on, events) if state is State.GROWING else None
    return Forecast(state, days, fit, rival, found, backtest_error(usual), events)


def state_of(fit: Fit, days: Sequence[Day]) -> State:
    """The state of a series of at least 14 days, as the table above defines it."""
    if fit.r2 is None:
        return State.FLAT
    if fit.r2 < decimal_floor():
        mean = EXACT.divide(sum((abs(value) for _, value in days), Decimal(0)), Decimal(len(days)))
        return State.FLAT if _typical_error(fit) <= STEADY * mean else State.NOISY
    return State.GROWING if fit.line.slope > 0 else State.SHRINKING


def decimal_floor() -> Decimal:
    """The r2 from which a fit means something."""
    return Decimal(LEAST_R2.numerator) / LEAST_R2.denominator


def _typical_error(fit: Fit) -> Decimal:
    return EXACT.sqrt(EXACT.divide(max(fit.sse, Decimal(0)), Decimal(fit.n)))


def crossing(fit: Fit, limit_on: LimitOn, events: Sequence[Event] = ()) -> Crossing | None:
    """When a growing fit reaches its limit; None when it does not within twice the fit window.

    A fit that is over its limit already has a day in the past, or its last day where events or steps play a part.
    """
    last = fit.number_of(fit.last)
    end = last + FURTHEST * fit.window_days
    search = _scan if events or limit_on(fit.last) != limit_on(fit.day_of(end)) else _bisect
    start = last if search is _scan else 0

    def reached(value: Callable[[Fraction], Decimal]) -> Callable[[int], bool]:
        def at(number: int) -> bool:
            day = fit.day_of(number)
            return EXACT.multiply(value(number + GRACE), multiplier_on(day, events)) >= limit_on(day)

        return at

    likely = search(reached(fit.value), start, end)
    if likely is None:
        return None
    earliest = search(reached(fit.high), min(likely, last), likely)
    latest = search(reached(fit.low), likely, end)
    return Crossing(
        earliest=fit.day_of(likely if earliest is None else earliest),
        likely=fit.day_of(likely),
        latest=None if latest is None else fit.day_of(latest),
    )


def _bisect(reached: Callable[[int], bool], low: int, high: int) -> int | None:
    """The first number of [low, high] that is reached, where all after it are as well."""
    if not reached(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle + 1, high)
    return low


def _scan(reached: Callable[[int], bool], low: int, high: int) -> int | None:
    """The first number of [low, high] that is reached."""
    return next((number for number in range(low, high + 1) if reached(number)), None)


def backtest_error(days: Sequence[Day]) -> Decimal | None:
    """How far a fit of the first three quarters was off in the rest: sum of errors / sum of values, signs dropped.

    None where the rest is all zeros. That share is the weighted absolute percentage error (WAPE).
    """
    known = int(len(days) * TRAINED)
    fit, _ = best(days[:known])
    rest = days[known:]
    total = sum((abs(value) for _, value in rest), Decimal(0))
    errors = [abs(EXACT.subtract(fit.value(fit.number_of(day)), value)) for day, value in rest]
    return EXACT.divide(sum(errors, Decimal(0)), total) if total else None


def comes_too_soon(day: date | None, *, today: date, lead_time: timedelta) -> bool:
    """Whether what is ordered today arrives no earlier than the day on which the limit is reached."""
    return day is not None and day <= today + lead_time
