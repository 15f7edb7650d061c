"""Reading pushed counts: every fault of every item is named, nothing is taken of a list that has one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slo.domain.windows import MINUTE, floor_to

MOST_MINUTES = 1000
LARGEST = 10**15
SOURCE = re.compile(r"[A-Za-z0-9._:/-]{1,80}")
FIELDS = ("minute", "good", "total")
Errors = dict[str, list[str]]


class BadPush(ValueError):
    """What cannot be taken, by field: `minutes.3.good` is `good` of the fourth item."""

    def __init__(self, errors: Errors) -> None:
        super().__init__("The counts cannot be taken.")
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Pushed:
    """The counts that one source tells of one minute."""

    minute: datetime
    good: int
    total: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when on minutes are kept, and what time it is."""

    oldest: datetime
    now: datetime


@dataclass(slots=True)
class _Reader:
    bounds: Bounds
    errors: Errors = field(default_factory=dict)
    seen: set[datetime] = field(default_factory=set)

    def fault(self, name: str, text: str) -> None:
        self.errors.setdefault(name, []).append(text)

    def item(self, number: int, item: Any) -> Pushed | None:
        """One item, None when it has a fault."""
        path, faults_before = f"minutes.{number}", len(self.errors)
        if not isinstance(item, dict):
            self.fault(path, "Give an object with minute, good and total.")
            return None
        for name in sorted(set(item) - set(FIELDS), key=str):
            self.fault(f"{path}.{str(name)[:40]}", "There is no such field.")
        minute = instant_of(item.get("minute"))
        good: Any = item.get("good")
        total: Any = item.get("total")
        if problem := self.minute_problem(minute):
            self.fault(f"{path}.minute", problem)
        for name, value in (("good", good), ("total", total)):
            if not _is_count(value):
                self.fault(f"{path}.{name}", "Give a whole number from 0 to 10^15.")
        if _is_count(good) and _is_count(total) and good > total:
            self.fault(f"{path}.good", f"{good} good of {total} events is more than all.")
        return Pushed(minute, good, total) if minute and len(self.errors) == faults_before else None

    def minute_problem(self, minute: datetime | None) -> str:
        """What keeps a minute from being taken; empty for a full one that is kept, has begun and is new here."""
        if minute is None:
            return "Give a time with its zone, such as 2026-03-04T12:00:00Z."
        if minute != floor_to(minute, MINUTE):
            return "A minute begins at a full minute."
        if minute > self.bounds.now:
            return "This minute lies in the future."
        if minute < self.bounds.oldest:
            return f"Minutes before {self.bounds.oldest:%Y-%m-%dT%H:%MZ} are not kept any more."
        if minute in self.seen:
            return "This minute is named twice."
        self.seen.add(minute)
        return ""


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LARGEST


def read(source: Any, minutes: Any, bounds: Bounds) -> list[Pushed]:
    """The counts of a push, in the order given; BadPush names all that is wrong."""
    reader = _Reader(bounds)
    if not isinstance(source, str) or not SOURCE.fullmatch(source):
        reader.fault("source", "Name the source: up to 80 letters, digits and . _ : / -")
    if not isinstance(minutes, list) or not 1 <= len(minutes) <= MOST_MINUTES:
        reader.fault("minutes", f"Give a list of 1 to {MOST_MINUTES} minutes.")
        minutes = []
    found = [reader.item(number, item) for number, item in enumerate(minutes)]
    if reader.errors:
        raise BadPush(reader.errors)
    return [item for item in found if item is not None]


def instant_of(value: Any) -> datetime | None:
    """An RFC 3339 instant in UTC; None for what is none."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def unknown_fields(body: Mapping[str, Any]) -> Errors:
    """A complaint for each member that a push has not."""
    return {str(name)[:40]: ["There is no such field."] for name in sorted(set(body) - {"source", "minutes"}, key=str)}
