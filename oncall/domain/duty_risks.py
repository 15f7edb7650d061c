"""When duty becomes too much for one person: four plain rules with limits that can be set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from oncall.domain import duty_load, restrictions
from oncall.domain.duty_hours import Clock, monday_of, total
from oncall.domain.duty_load import Duty, Ring

WEEK = timedelta(weeks=1)
A_DAY = timedelta(hours=24)
"""A week with no more duty than this, such as the tail of a turn that ends on its Monday, is no week on duty."""

RECENT, LONG = 4, 12
"""In weeks: how far back nights, weekends and rest are judged, and the share of weeks on duty."""


@dataclass(frozen=True, slots=True)
class Limits:
    """More than so many night interrupts in a week, more than this share of weeks, so many weekends in a row."""

    night_interrupts: int = 2
    weeks_ratio: Fraction = Fraction(1, 4)
    weekends: int = 4


@dataclass(frozen=True, slots=True)
class Risk:
    """A rule that holds, and in words why."""

    rule: str
    words: str


def since(at: datetime, clock: Clock) -> datetime:
    """The instant from which duties and pages are needed to judge `at`."""
    return clock.day(weeks_before(at, clock, LONG)[0])[0] - timedelta(days=1)


def weeks_before(at: datetime, clock: Clock, count: int) -> list[date]:
    """The Mondays of the last whole weeks before `at`, in order."""
    this = monday_of(clock.date_of(at))
    return [this - back * WEEK for back in range(count, 0, -1)]


def risks(
    duties: Sequence[Duty], rings: Sequence[Ring], clock: Clock, at: datetime, limits: Limits | None = None
) -> list[Risk]:
    """What is too much in the whole weeks before `at`, for one person."""
    limits = limits or Limits()
    recent = weeks_before(at, clock, RECENT)
    found = [
        _nights(rings, clock, recent, limits),
        _weeks(duties, clock, weeks_before(at, clock, LONG), limits),
        _weekends(duties, clock, weeks_before(at, clock, limits.weekends)),
        _rest(duties, rings, clock, recent),
    ]
    return [one for one in found if one]


def _nights(rings: Sequence[Ring], clock: Clock, mondays: Sequence[date], limits: Limits) -> Risk | None:
    worst = max(duty_load.load([], rings, clock, *_week(monday, clock)).night_interrupts for monday in mondays)
    if worst <= limits.night_interrupts:
        return None
    words = f"{worst} interrupts at night in one week; more than {limits.night_interrupts} are too many."
    return Risk("night_interrupts", words)


def _weeks(duties: Sequence[Duty], clock: Clock, mondays: Sequence[date], limits: Limits) -> Risk | None:
    whole = duty_load.held(duties)
    held = (total(restrictions.common(whole, [_week(monday, clock)])) for monday in mondays)
    busy = sum(length > A_DAY for length in held)
    if Fraction(busy, len(mondays)) <= limits.weeks_ratio:
        return None
    share = f"{float(limits.weeks_ratio) * 100:.0f} %"
    return Risk("weeks", f"On duty in {busy} of {len(mondays)} weeks; more than {share} is too much.")


def _weekends(duties: Sequence[Duty], clock: Clock, mondays: Sequence[date]) -> Risk | None:
    whole = duty_load.held(duties)
    saturdays = [monday + timedelta(days=5) for monday in mondays]
    busy = [bool(restrictions.common(whole, [_weekend(day, clock)])) for day in saturdays]
    return Risk("weekends", f"No weekend without duty in the last {len(busy)} weeks.") if busy and all(busy) else None


def _rest(duties: Sequence[Duty], rings: Sequence[Ring], clock: Clock, mondays: Sequence[date]) -> Risk | None:
    span = _week(mondays[0], clock)[0], _week(mondays[-1], clock)[1]
    count = duty_load.load(duties, rings, clock, *span).short_rests
    times = "once" if count == 1 else f"{count} times"
    return Risk("rest", f"Less than 11 hours of rest {times} in the last {len(mondays)} weeks.") if count else None


def _week(monday: date, clock: Clock) -> tuple[datetime, datetime]:
    return clock.day(monday)[0], clock.day(monday + WEEK)[0]


def _weekend(saturday: date, clock: Clock) -> tuple[datetime, datetime]:
    return clock.day(saturday)[0], clock.day(saturday + timedelta(days=1))[1]
