"""Which minutes count for an SLO: hours of the week and seasons of the year, in the local time of its zone.

An entry is {"days": [0 is Monday, ...], "from": "08:00", "until": "18:00", "season_from": "12-01", "season_until":
"01-06"}; what it leaves out holds always. A minute counts when any entry holds it; without entries every minute does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from slo.domain.windows import HOUR, MINUTE

DAY_MINUTES = 24 * 60
MOST_ENTRIES = 50
KEYS = {"days", "from", "until", "season_from", "season_until"}
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """Local minutes `[first, last)` of the day, over midnight where `last` is not later; a season holds both dates."""

    days: frozenset[int] = frozenset(range(7))
    first: int = 0
    last: int = DAY_MINUTES
    season: tuple[tuple[int, int], tuple[int, int]] | None = None

    def holds(self, day: date, minute: int) -> bool:
        """Whether a local minute counts; the part after midnight belongs to the day on which it began."""
        if self.first < self.last:
            return self._holds_day(day) and self.first <= minute < self.last
        if minute >= self.first:
            return self._holds_day(day)
        return minute < self.last and self._holds_day(day - timedelta(days=1))

    def _holds_day(self, day: date) -> bool:
        if day.weekday() not in self.days:
            return False
        if self.season is None:
            return True
        first, last = self.season
        at = (day.month, day.day)
        return first <= at <= last if first <= last else at >= first or at <= last


@dataclass(frozen=True, slots=True)
class Schedule:
    """The entries of an SLO and its zone."""

    entries: tuple[Entry, ...] = ()
    zone: str = "UTC"


def is_active(schedule: Schedule, minute: datetime) -> bool:
    """Whether this minute counts."""
    if not schedule.entries:
        return True
    hour = minute.replace(minute=0, second=0, microsecond=0)
    return active_minutes(schedule, hour)[minute.minute]


@lru_cache(maxsize=4096)
def active_minutes(schedule: Schedule, hour: datetime) -> tuple[bool, ...]:
    """The 60 minutes of a full hour in UTC. Clocks are asked once where both ends of the hour agree on them."""
    zone = ZoneInfo(schedule.zone)
    first, last = hour.astimezone(zone), (hour + HOUR - MINUTE).astimezone(zone)
    if first.utcoffset() == last.utcoffset():
        local = [first + number * MINUTE for number in range(60)]
    else:
        local = [(hour + number * MINUTE).astimezone(zone) for number in range(60)]
    return tuple(any(entry.holds(at.date(), at.hour * 60 + at.minute) for entry in schedule.entries) for at in local)


def parse(entries: Sequence[Any], zone: str) -> Schedule:
    """The schedule that a valid JSON list means (see `problems`)."""
    return Schedule(tuple(_entry(entry) for entry in entries), zone)


def problems(entries: Any) -> list[str]:
    """Why a JSON value is no schedule, in words; empty when it is one."""
    if not isinstance(entries, list):
        return ["A schedule is a list of entries."]
    if len(entries) > MOST_ENTRIES:
        return [f"A schedule has at most {MOST_ENTRIES} entries."]
    return [f"Entry {number}: {why}" for number, entry in enumerate(entries, 1) for why in _entry_problems(entry)]


def _entry_problems(entry: Any) -> list[str]:
    if not isinstance(entry, dict) or not entry:
        return ["Give days, from and until, or season_from and season_until."]
    found = [f"There is no '{name}'." for name in sorted(map(str, entry.keys() - KEYS))]
    if "days" in entry and not _are_days(entry["days"]):
        found.append("days is a list of numbers from 0 (Monday) to 6 (Sunday).")
    for pair, kind in ((("from", "until"), "times of day"), (("season_from", "season_until"), "days of the year")):
        given = [name for name in pair if name in entry]
        if len(given) == 1:
            found.append(f"{pair[0]} and {pair[1]} belong together.")
        read = _clock if kind == "times of day" else _date
        example = "08:00" if kind == "times of day" else "12-31"
        found += [f"{name} is written like {example}." for name in given if read(entry[name]) is None]
    return found


def _are_days(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(type(day) is int and 0 <= day <= 6 for day in value)


def _clock(text: Any) -> int | None:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)|24:00", text, re.ASCII) if isinstance(text, str) else None
    if found is None:
        return None
    return int(text[:2]) * 60 + int(text[3:])


def _date(text: Any) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d\d)-(\d\d)", text, re.ASCII) if isinstance(text, str) else None
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return None
    return (month, day)


def _entry(entry: dict[str, Any]) -> Entry:
    first, last = _clock(entry.get("from", "00:00")) or 0, _clock(entry.get("until", "24:00")) or 0
    begins, ends = _date(entry.get("season_from")), _date(entry.get("season_until"))
    days = frozenset(entry.get("days", range(7)))
    return Entry(days, first, last, (begins, ends) if begins and ends else None)
