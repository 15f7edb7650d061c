"""How a minute of an SLO's own stream follows from minutes of other SLIs. All arithmetic is exact.

A time slice is good 1 of 1 or 0 of 1; a ratio slice, and a composite, is a share of SCALE, so that sums weigh every
minute the same. Time that does not count is (0, 0): it leaves the denominator and lowers no coverage.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from slo.domain.budgets import Counts
from slo.domain.corrections import Effect
from slo.domain.previews import Method
from slo.domain.schedules import Schedule, is_active, parse
from slo.domain.windows import EPOCH, MINUTE, SECOND

SCALE = 10**9
LONGEST_FRESHNESS = timedelta(days=1)


class Unit(StrEnum):
    """What one unit of a stream's total is: an event, a slice, or the SCALE-th part of a slice."""

    EVENTS = "events"
    SLICES = "slices"
    RATIOS = "ratios"


def holds_ratios(method: Method, *, is_composite: bool) -> bool:
    """Whether a stream counts SCALE-ths of minutes, which a number of events has to be multiplied by."""
    return method is Method.RATIO_TIMESLICES or (is_composite and method is not Method.TIMESLICES)


@dataclass(frozen=True, slots=True)
class MinuteRow:
    """The counts of one minute of one SLI; an unmeasured one holds no events."""

    sli_id: int
    minute: datetime
    good: int
    total: int
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """An SLI that a stream follows, how much it weighs, and how long one measurement of it stands."""

    sli_id: int
    weight: int = 1
    every: timedelta = MINUTE


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a stream is computed. `every` is how often it is measured; `depth` how many streams stand below it."""

    parts: tuple[Part, ...]
    is_composite: bool = False
    method: Method = Method.OCCURRENCES
    slice_target: Fraction | None = None
    category: str = "availability"
    threshold: Fraction | None = None
    schedule: Schedule = field(default_factory=Schedule)
    every: timedelta = MINUTE
    depth: int = 1

    @property
    def unit(self) -> Unit:
        if self.method is Method.TIMESLICES:
            return Unit.SLICES
        if holds_ratios(self.method, is_composite=self.is_composite):
            return Unit.RATIOS
        return Unit.SLICES if self.category in {"freshness", "throughput"} else Unit.EVENTS

    @property
    def reach(self) -> timedelta:
        """How far a minute of a part has a say in later minutes of the stream."""
        if self.is_composite:
            return max((part.every for part in self.parts), default=MINUTE) - MINUTE
        return self.freshness // MINUTE * MINUTE if self.category == "freshness" else timedelta(0)

    @property
    def freshness(self) -> timedelta:
        """How old the last good event may be."""
        return timedelta(microseconds=int((self.threshold or Fraction(0)) * 10**6))


class Sources:
    """The minutes of the parts that are at hand."""

    def __init__(self, rows: Iterable[MinuteRow]) -> None:
        self._rows = {(row.sli_id, row.minute): row for row in rows}
        self._good: dict[int, list[datetime]] | None = None

    def at(self, sli_id: int, minute: datetime) -> MinuteRow | None:
        """The minute itself."""
        return self._rows.get((sli_id, minute))

    def held(self, part: Part, minute: datetime) -> MinuteRow | None:
        """The latest minute of a part with anything measured that still stands at `minute`."""
        for number in range(max(1, -(-part.every // MINUTE))):
            row = self.at(part.sli_id, minute - number * MINUTE)
            if row is not None and row.measured:
                return row
        return None

    def last_good(self, sli_id: int, minute: datetime) -> datetime | None:
        """The last minute up to `minute` that has a good event."""
        if self._good is None:
            self._good = defaultdict(list)
            for row in sorted(self._rows.values(), key=lambda row: row.minute):
                if row.good:
                    self._good[row.sli_id].append(row.minute)
        minutes = self._good.get(sli_id, [])
        place = bisect_right(minutes, minute)
        return minutes[place - 1] if place else None


def minute_of(
    recipe: Recipe, stream_id: int, minute: datetime, sources: Sources, effect: Effect | None = None
) -> MinuteRow | None:
    """The minute of the stream; None where its parts have none. The order in which they came has no say."""
    if effect is Effect.EXCLUDE or not is_active(recipe.schedule, minute):
        return MinuteRow(stream_id, minute, 0, 0, measured=is_expected(minute, recipe.every))
    good, total, measured = _sliced(recipe, *_merged(recipe, minute, sources))
    if not measured:
        is_there = any(sources.at(part.sli_id, minute) for part in recipe.parts)
        return MinuteRow(stream_id, minute, 0, 0, measured=False) if is_there else None
    return MinuteRow(stream_id, minute, total if effect is Effect.GOOD else good, total)


def is_expected(minute: datetime, every: timedelta) -> bool:
    """Whether a stream that is measured once per `every` counts this minute: so many do as would be measured."""
    return (EPOCH - minute) % max(every, MINUTE) < MINUTE


def _merged(recipe: Recipe, minute: datetime, sources: Sources) -> tuple[int, int, bool]:
    """(good, total, measured) before the method."""
    if recipe.is_composite:
        return composed([(part.weight, sources.held(part, minute)) for part in recipe.parts])
    part = recipe.parts[0]
    row = sources.at(part.sli_id, minute)
    if row is None or not row.measured:
        return (0, 0, False)
    if recipe.category == "throughput":
        return (int(row.total >= (recipe.threshold or 0)), 1, True)
    if recipe.category == "freshness":
        last = sources.last_good(part.sli_id, minute)
        return (int(last is not None and minute - last <= recipe.freshness), 1, True)
    return (row.good, row.total, True)


def composed(parts: Sequence[tuple[int, MinuteRow | Counts | None]]) -> tuple[int, int, bool]:
    """The weighted mean of the ratios of those parts that have events, as a share of SCALE."""
    found = [(weight, row) for weight, row in parts if row is not None]
    ratios = [(weight, Fraction(row.good, row.total)) for weight, row in found if row.total]
    weights = sum(weight for weight, _ in ratios)
    if not weights:
        return (0, 0, bool(found))
    mean = sum((weight * ratio for weight, ratio in ratios), Fraction(0)) / weights
    return (round(mean * SCALE), SCALE, True)


def _sliced(recipe: Recipe, good: int, total: int, measured: bool) -> tuple[int, int, bool]:
    if not total or recipe.method is Method.OCCURRENCES:
        return (good, total, measured)
    ratio = Fraction(good, total)
    if recipe.method is Method.TIMESLICES:
        return (int(ratio >= (recipe.slice_target or 0)), 1, measured)
    return (round(ratio * SCALE), SCALE, measured)


def rescaled(hours: Sequence[Counts], *, unit: Unit, target: Unit, events: Sequence[int] = ()) -> list[Counts]:
    """Hours of one unit in another, oldest first: each keeps its ratio, and weighs what its measured minutes weigh.

    For events the totals are given. Rounding is carried on, so that bad units of a span are off by less than one.
    """
    found, carried = [], Fraction(0)
    for number, hour in enumerate(hours):
        total = _new_total(hour, unit, target, events[number] if events else 0)
        exact = total * (hour.bad_ratio or Fraction(0)) + carried
        bad = min(int(exact), total)
        carried = exact - bad
        found.append(Counts(total - bad, total, hour.measured_minutes))
    return found


def _new_total(hour: Counts, unit: Unit, target: Unit, events: int) -> int:
    if not hour.total:
        return 0
    if target is Unit.EVENTS:
        return events or hour.measured_minutes
    slices = {Unit.EVENTS: hour.measured_minutes, Unit.SLICES: hour.total, Unit.RATIOS: hour.total // SCALE}[unit]
    return slices * (SCALE if target is Unit.RATIOS else 1)


def recipe_of(settings: Mapping[str, Any]) -> Recipe:
    """The recipe that the settings of a stream hold as JSON."""
    target, threshold = settings["slice_target"], settings["threshold"]
    return Recipe(
        parts=tuple(Part(part["sli"], part["weight"], part["every"] * SECOND) for part in settings["parts"]),
        is_composite=settings["is_composite"],
        method=Method(settings["method"]),
        slice_target=None if target is None else Fraction(Decimal(target)),
        category=settings["category"],
        threshold=None if threshold is None else Fraction(Decimal(threshold)),
        schedule=parse(settings["schedule"], settings["zone"]),
        every=settings["every"] * SECOND,
        depth=settings["depth"],
    )
