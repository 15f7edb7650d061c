"""Whose turn it is: rotations count in local wall-clock time and are mapped to instants one boundary at a time."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from oncall.domain import wallclock

Kind = Literal["hourly", "daily", "weekly", "monthly", "custom"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LENGTHS: dict[str, timedelta] = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "custom": timedelta(weeks=1),
}
MARGIN = timedelta(days=2)
INSTANT = timedelta(microseconds=1)
MIDNIGHT = time()
LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Rotation:
    """Turns of `interval` hours, days, weeks or months; turn 0 starts at the naive local time `starts_at`.

    `starts_at` is an anchor: turns before it have negative numbers. A custom rotation hands over at each of `handoffs`,
    lengths of time since Monday 00:00 in order, of every `interval`-th week; its turn 0 is the one that runs at
    `starts_at`.
    """

    kind: Kind
    interval: int
    starts_at: datetime
    zone: ZoneInfo
    handoffs: tuple[timedelta, ...] = ()

    def turn_start(self, turn: int) -> datetime:
        """The instant at which `turn` begins; turns before `starts_at` have negative numbers."""
        return wallclock.instant(self._local_start(turn), self.zone)

    def turns(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, int]]:
        """`(begins_at, turn)` of each turn that touches `[start, end)`; a turn that the clock swallows is left out."""
        turn = self._turn_before(wallclock.local_time(start, self.zone) - MARGIN)
        begins = self.turn_start(turn)
        while begins < end:
            following = self.turn_start(turn + 1)
            if following > start and following > begins:
                yield begins, turn
            turn, begins = turn + 1, following

    def turn_at(self, at: datetime) -> int:
        """The turn that is running at `at`."""
        return max(turn for begins, turn in self.turns(at, at + INSTANT) if begins <= at)

    def turns_within(self, length: timedelta) -> int:
        """About how many turns begin in `length`; never fewer than there are, but for the ends."""
        if self.kind == "monthly":
            return length // (timedelta(days=28) * self.interval) + 1
        return length // (LENGTHS[self.kind] * self.interval) * max(len(self.handoffs), 1) + 1

    def _local_start(self, turn: int) -> datetime:
        if self.kind == "monthly":
            return _plus_months(self.starts_at, turn * self.interval)
        if self.kind == "custom":
            weeks, place = divmod(turn + self._place_of_start(), len(self.handoffs))
            return _monday(self.starts_at) + LENGTHS[self.kind] * (weeks * self.interval) + self.handoffs[place]
        return self.starts_at + LENGTHS[self.kind] * (turn * self.interval)

    def _turn_before(self, local: datetime) -> int:
        if self.kind == "monthly":
            months = (local.year - self.starts_at.year) * 12 + local.month - self.starts_at.month
            return months // self.interval - 1
        if self.kind == "custom":
            weeks = (local - _monday(self.starts_at)) // (LENGTHS[self.kind] * self.interval)
            return (weeks - 1) * len(self.handoffs) - self._place_of_start()
        return (local - self.starts_at) // (LENGTHS[self.kind] * self.interval)

    def _place_of_start(self) -> int:
        """The place in its week of the handoff that began turn 0; -1 is the last of the week before."""
        return bisect_right(self.handoffs, self.starts_at - _monday(self.starts_at)) - 1


def last_handoff(local: datetime, weekday: int, at: time) -> date:
    """The day of the latest weekly handoff at or before the naive `local` time; Monday is weekday 0."""
    day = local.date() - timedelta(days=(local.weekday() - weekday) % 7)
    return day if datetime.combine(day, at) <= local else day - timedelta(weeks=1)


def _monday(local: datetime) -> datetime:
    return datetime.combine(local.date() - timedelta(days=local.weekday()), MIDNIGHT)


def _plus_months(local: datetime, months: int) -> datetime:
    """The same day of another month, or its last day where that is earlier."""
    years, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    leap = month == 1 and years % 4 == 0 and (years % 100 != 0 or years % 400 == 0)
    return local.replace(year=years, month=month + 1, day=min(local.day, LAST_DAYS[month] + leap))
