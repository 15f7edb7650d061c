"""A schedule as a picture: bars of shifts on one axis of time. Pure geometry in units of the picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from oncall.domain import restrictions, wallclock
from oncall.domain.resolver import OVERRIDE, SHADOW, SWAP, Segment

Kind = Literal["shift", "override", "swap", "shadow", "gap", "intended"]
KINDS: dict[Kind, str] = {
    "shift": "Rotation",
    "override": "Override",
    "swap": "Swap",
    "shadow": "Shadow",
    "gap": "Gap: nobody",
    "intended": "Nobody planned",
}
MARKS: dict[Kind, str] = {"override": "\u21b7 ", "swap": "\u21c4 ", "shadow": "\u25cc "}
WIDTH, LEFT, LETTER, PADDING = 1000.0, 112.0, 7.0, 10.0
MOST_TICKS = 32
FIRST_YEAR, LAST_YEAR = 1990, 2200


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one role with its kind; `people` are keys."""

    start: datetime
    end: datetime
    role: str
    people: tuple[str, ...]
    kind: Kind
    source: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a local day at `x`; `label` is empty where there is no room."""

    x: float
    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Instants of `[start, end)` on the axis, which lies right of the names of the rows."""

    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        """The place of an instant, held to the ends of the axis."""
        held = min(max(at, self.start), self.end)
        return round(LEFT + (WIDTH - LEFT) * ((held - self.start) / (self.end - self.start)), 2)

    def ticks(self, zone: ZoneInfo) -> list[Tick]:
        """Local midnights: of every day where there is room, else of Mondays."""
        day, found = wallclock.local_time(self.start, zone).date(), []
        while (at := wallclock.instant(datetime.combine(day, time()), zone)) < self.end:
            if at >= self.start:
                found.append(Tick(self.x(at), day, ""))
            day += timedelta(days=1)
        every_day = len(found) <= MOST_TICKS
        shown = [one for one in found if every_day or one.day.weekday() == 0]
        return [Tick(one.x, one.day, _label(one.day, sparse=len(found) <= MOST_TICKS / 2)) for one in shown]


def pieces(segments: Iterable[Segment], gaps: Sequence[Segment]) -> list[Piece]:
    """The segments with what they are; where nobody is, only `gaps` are gaps, the rest is meant to be so."""
    found: list[Piece] = []
    for one in segments:
        if one.people:
            found.append(Piece(one.start, one.end, one.role, one.people, kind_of(one), one.source))
        else:
            found += _empty(one, gaps)
    return found


def kind_of(segment: Segment) -> Kind:
    """What a segment with people in it is."""
    if segment.source in (OVERRIDE, SWAP):
        return "override" if segment.source == OVERRIDE else "swap"
    return "shadow" if segment.role == SHADOW else "shift"


def fitting(text: str, width: float) -> str:
    """As much of a name as a bar of `width` has room for: all, its first word, its initials, or nothing."""
    room = (width - PADDING) / LETTER
    words = text.split()
    for shown in (text, words[0] if words else "", "".join(word[0] for word in words)):
        if len(shown) <= room:
            return shown
    return ""


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The day on the wall at `at`."""
    return wallclock.local_time(at, zone).date()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local day begins."""
    return wallclock.instant(datetime.combine(day, time()), zone).astimezone(UTC)


def _empty(one: Segment, gaps: Sequence[Segment]) -> list[Piece]:
    own = restrictions.union((gap.start, gap.end) for gap in gaps if gap.role == one.role)
    uncovered = restrictions.common([(one.start, one.end)], own)
    meant = restrictions.without([(one.start, one.end)], own)
    kinds: list[tuple[restrictions.Stretch, Kind]] = [(stretch, "gap") for stretch in uncovered]
    kinds += [(stretch, "intended") for stretch in meant]
    return [Piece(start, end, one.role, (), kind, one.source) for (start, end), kind in sorted(kinds)]


def _label(day: date, *, sparse: bool) -> str:
    return f"{day:%a} {day.day}" if sparse else f"{day.day} {day:%b}" if day.day == 1 or day.weekday() == 0 else ""


def in_reach(at: datetime) -> bool:
    """Whether an instant is near enough for all arithmetic, in any zone."""
    return FIRST_YEAR <= at.year <= LAST_YEAR
