"""The span of time that the graphs of a page show, and in which steps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from slo.domain.periods import Window
from slo.domain.windows import DAY, HOUR, MINUTE, ceil_to, floor_to

WINDOW = "window"
NAMED = {"day": DAY, "week": 7 * DAY, "90d": 90 * DAY, "year": 365 * DAY}
LABELS = {WINDOW: "Window", "day": "24 h", "week": "7 d", "90d": "90 d", "year": "Year"}
LONGEST = 5 * 366 * DAY
MINUTES_KEPT = 3 * DAY
HOURS_KEPT = 400 * DAY
LONGEST_IN_MINUTES = 6 * HOUR
LONGEST_IN_HOURS = 93 * DAY


class InvalidRange(ValueError):
    """The instants make no span; `field` says which one is wrong, the message why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True, slots=True)
class Range:
    """`[start, end)` in steps; `key` names a range that moves with the time, and is empty for an absolute one."""

    start: datetime
    end: datetime
    step: timedelta
    key: str = ""

    @property
    def is_window(self) -> bool:
        return self.key == WINDOW


def named(key: str, *, window: Window, end: datetime) -> Range:
    """The window of the SLO that ends at `end`, or the last days before it; an unknown key is the window."""
    if key not in NAMED:
        start = window.span(end)[0]
        return Range(start, end, _step(start, end, end), WINDOW)
    start = end - NAMED[key]
    step = _step(start, end, end)
    return Range(floor_to(start, step), end, step, key)


def absolute(start: datetime, end: datetime, *, now: datetime) -> Range:
    """A span that stays where it is: widened to full steps, cut at `now`, 15 minutes to five years long."""
    if start >= now:
        raise InvalidRange("from", "This lies in the future.")
    end = min(end, now)
    if end <= start:
        raise InvalidRange("until", "The end lies after the start.")
    if end - start > LONGEST:
        raise InvalidRange("from", "A span is at most five years long.")
    step = _step(start, end, now)
    first, last = floor_to(start, step), min(ceil_to(end, step), floor_to(now, MINUTE))
    return Range(min(first, floor_to(last - 15 * MINUTE, step)), last, step)


def _step(start: datetime, end: datetime, now: datetime) -> timedelta:
    """The finest step that is kept that far back and makes a readable number of points."""
    if end - start <= LONGEST_IN_MINUTES and start >= now - MINUTES_KEPT:
        return MINUTE
    return HOUR if end - start <= LONGEST_IN_HOURS and start >= now - HOURS_KEPT else DAY
